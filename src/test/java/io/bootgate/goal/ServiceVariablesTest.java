package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Variable;
import io.bootgate.deployment.format.Descriptor;
import io.bootgate.environment.Given;
import io.bootgate.environment.Sources;
import io.bootgate.gate.DeployedService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceVariablesTest {
    private static final String GROUP = """
            apiVersion: '2021-10-01'
            name: shop
            properties:
              osType: Linux
              containers:
              - name: web
                properties:
                  image: acme/web:1
                  environmentVariables:
                  - {name: LEVEL, value: info}
                  - {name: DATABASE_PASSWORD}
                  - {name: TOKEN, secureValue: t0ken-of-the-file}
                  resources: {requests: {cpu: 1, memoryInGB: 1}}
              - name: proxy
                properties:
                  image: acme/proxy:1
                  environmentVariables:
                  - {name: UPSTREAM, value: $UPSTREAM}
                  - {name: LEVEL, value: warn}
                  resources: {requests: {cpu: 1, memoryInGB: 1}}
            """;

    private static ServiceVariables settled(Sources sources, String... required) {
        Deployment deployment =
                Descriptor.read("deploy/aci.yaml", path -> Optional.of(GROUP), Optional.empty(), Optional.empty());
        DeployedService service = new DeployedService(
                deployment, deployment, deployment.containers().get(0), java.util.Set.of());
        return ServiceVariables.of(Optional.of(service), sources, List.of(required));
    }

    private static Sources env(String... namesAndValues) {
        Map<String, Given> given = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], new Given(namesAndValues[i + 1], false, "<env>"));
        }
        return Sources.NONE.with(given);
    }

    @Test
    void whatAnyContainerOfTheGroupLeavesOpenIsToldAtOnce() {
        assertThatThrownBy(() -> RequiredEnv.check(settled(Sources.NONE, "SECRET_KEY"), name -> false))
                .hasMessageStartingWith("""
                        Nothing was built or booted: 3 variables have no value.
                          DATABASE_PASSWORD  asked for by deploy/aci.yaml:11 (it has neither value nor secureValue; an export leaves secret values out)
                          SECRET_KEY         asked for by <requiredEnv>
                          UPSTREAM           asked for by deploy/aci.yaml:18 (placeholder $UPSTREAM)
                        Give each a value in""");
    }

    @Test
    void whatIsGivenReachesTheContainersThatAskForIt() {
        ServiceVariables settled = settled(
                env("DATABASE_PASSWORD", "s3cret", "UPSTREAM", "localhost:8000", "LEVEL", "debug", "MORE", "1"));
        assertThat(settled.missing()).isEmpty();
        assertThat(settled.own().variables().values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "LEVEL",
                        "debug",
                        "DATABASE_PASSWORD",
                        "s3cret",
                        "TOKEN",
                        "t0ken-of-the-file",
                        "UPSTREAM",
                        "localhost:8000",
                        "MORE",
                        "1"));
        DeployedContainer proxy =
                settled.deployed().orElseThrow().deployment().containers().get(1);
        assertThat(proxy.env())
                .isEqualTo(Map.of("UPSTREAM", Variable.plain("localhost:8000"), "LEVEL", Variable.plain("debug")));
    }

    @Test
    void whatTheDescriptorCallsASecretIsMaskedWithoutBeingTold() {
        ServiceVariables settled = settled(env("DATABASE_PASSWORD", "s3cret", "UPSTREAM", "x"));
        assertThat(settled.secretValues()).containsExactlyInAnyOrder("s3cret", "t0ken-of-the-file");
        assertThat(settled.secretNames()).containsExactlyInAnyOrder("DATABASE_PASSWORD", "TOKEN");
    }
}
