package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.format.Descriptor;
import io.bootgate.engine.ContainerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeployedServiceTest {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: orders}
            spec:
              containers:
              - name: web
                image: registry.example/acme/orders:9
                command: [gunicorn]
                args: [-b, "0.0.0.0:8000", "app:app"]
                workingDir: /srv
                ports: [{containerPort: 8000}]
                env: [{name: LEVEL, value: info}]
                resources: {limits: {cpu: 500m, memory: 256Mi}}
                securityContext: {runAsUser: 1000, readOnlyRootFilesystem: true}
              - name: proxy
                image: nginx
                ports: [{containerPort: 80}]
            """;

    private static final String GROUP = """
            name: orders
            apiVersion: 2021-10-01
            properties:
              osType: Linux
              containers:
              - name: web
                properties:
                  image: acme/orders:9
                  command: [gunicorn, app:app]
                  ports: [{port: 8000}]
                  resources: {requests: {cpu: 1, memoryInGB: 1.5}}
            """;

    private static final String COMPOSE = """
            services:
              web:
                build: .
                entrypoint: []
                command: gunicorn app:app
                pids_limit: 50
                tmpfs: /run
                ports: ["80:8000"]
              worker:
                build: .
                command: celery worker
              db:
                image: postgres:16
            """;

    @Test
    void aPodDecidesWhatIsBooted() {
        DeployedService service = service(POD, "acme/orders:1");

        ContainerSpec spec = service.under(ContainerSpec.of("acme/orders:1"));

        assertThat(spec.image()).isEqualTo("acme/orders:1");
        assertThat(spec.entrypoint()).contains(List.of("gunicorn"));
        assertThat(spec.command()).contains(List.of("-b", "0.0.0.0:8000", "app:app"));
        assertThat(spec.workdir()).contains("/srv");
        assertThat(spec.user()).contains("1000");
        assertThat(spec.readOnly()).isTrue();
        assertThat(spec.milliCpus()).isEqualTo(OptionalLong.of(500));
        assertThat(spec.memoryBytes()).isEqualTo(OptionalLong.of(256L << 20));
        assertThat(service.port()).isEqualTo(OptionalInt.of(8000));
    }

    @Test
    void aGroupsCommandReplacesTheEntryPointAndItsRequestIsTheLimit() {
        ContainerSpec spec = service(GROUP, "acme/orders:1").under(ContainerSpec.of("acme/orders:1"));

        assertThat(spec.entrypoint()).contains(List.of("gunicorn", "app:app"));
        assertThat(spec.command()).isEmpty();
        assertThat(spec.memoryBytes()).isEqualTo(OptionalLong.of(1536L << 20));
        assertThat(spec.milliCpus()).isEqualTo(OptionalLong.of(1000));
    }

    @Test
    void composeEmptiesAnEntryPointAndLimitsProcesses() {
        DeployedService service = service(COMPOSE, "orders:1");

        ContainerSpec spec = service.under(ContainerSpec.of("orders:1"));

        assertThat(service.own().name()).isEqualTo("web");
        assertThat(spec.entrypoint()).contains(List.of());
        assertThat(spec.command()).contains(List.of("gunicorn", "app:app"));
        assertThat(spec.pids()).isEqualTo(OptionalLong.of(50));
        assertThat(spec.tmpfs()).containsExactly("/run");
        assertThat(service.port()).isEqualTo(OptionalInt.of(8000));
    }

    @Test
    void whatAParameterSaysComesBeforeTheDescriptor() {
        ContainerSpec parameters = new ContainerSpec(
                "acme/orders:1",
                "orders",
                Optional.of(List.of("/entry.sh")),
                Optional.empty(),
                Map.of("LEVEL", "debug"),
                Optional.of("root"),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.of(64L << 20),
                OptionalLong.empty(),
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());

        ContainerSpec spec = service(POD, "acme/orders:1").under(parameters);

        assertThat(spec.entrypoint()).contains(List.of("/entry.sh"));
        assertThat(spec.command()).as("a new entry point drops the arguments").isEmpty();
        assertThat(spec.user()).contains("root");
        assertThat(spec.memoryBytes()).isEqualTo(OptionalLong.of(64L << 20));
        assertThat(spec.env()).containsEntry("LEVEL", "debug");
        assertThat(spec.workdir()).contains("/srv");
    }

    @Test
    void whichContainerIsOursIsToldByTheImageWhateverItsRegistry() {
        assertThat(own(POD, "localhost:5000/orders:1", "shop")).isEqualTo("web");
        assertThat(own(POD, "other:1", "proxy")).isEqualTo("proxy");
    }

    @Test
    void whereItIsNotClearAllContainersAreNamed() {
        assertThatThrownBy(() -> own(POD, "other:1", "shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("web (registry.example/acme/orders:9), proxy (nginx)")
                .hasMessageContaining("<deploymentContainer>web</deploymentContainer>");
    }

    private static String own(String text, String image, String service) {
        return new OwnContainer(image, service, true).in(read(text)).name();
    }

    private static DeployedService service(String text, String image) {
        Deployment deployment = read(text);
        DeployedContainer own = new OwnContainer(image, "orders", true).in(deployment);
        return new DeployedService(deployment, deployment, own, java.util.Set.of());
    }

    private static Deployment read(String text) {
        return Descriptor.read(
                "deploy.yaml",
                path -> path.equals("deploy.yaml") ? Optional.of(text) : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
