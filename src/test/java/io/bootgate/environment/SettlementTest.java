package io.bootgate.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.deployment.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettlementTest {
    private static final String FILE = "deploy/aci.yaml";
    private static final Variable EXPORTED =
            Variable.unresolved("it has neither value nor secureValue", true).at(FILE, 31);

    private static Map<String, Given> from(String source, String... namesAndValues) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], new Given(namesAndValues[i + 1], source.startsWith("the "), source));
        }
        return given;
    }

    @Test
    void theStrongestSourceCounts() {
        Sources sources = Sources.NONE
                .with(from("deploy/test.env", "B", "file", "C", "file", "D", "file"))
                .with(from("the server db of settings.xml", "C", "server", "D", "server"))
                .with(from("<env>", "D", "env", "E", "env"));
        Settlement settled = Settlement.of(
                FILE, Map.of("A", Variable.plain("descriptor"), "B", Variable.plain("descriptor")), sources);
        assertThat(settled.missing()).isEmpty();
        assertThat(settled.variables().values())
                .isEqualTo(Map.of("A", "descriptor", "B", "file", "C", "server", "D", "env", "E", "env"));
    }

    @Test
    void whatTheDescriptorOrTheSourceCallsASecretIsOne() {
        Settlement settled = Settlement.of(
                FILE,
                Map.of("A", Variable.secret("one"), "B", EXPORTED, "C", Variable.plain("three")),
                Sources.NONE
                        .with(from("the server db of settings.xml", "D", "four"))
                        .with(from("<env>", "B", "two")));
        assertThat(settled.variables().secretNames()).containsExactly("A", "B", "D");
        assertThat(settled.variables().secretValues()).containsExactlyInAnyOrder("one", "two", "four");
        assertThat(settled.toString()).doesNotContain("one", "two", "three", "four");
    }

    @Test
    void aContainerBesideTheGatedOneGetsNoVariablesThatItsDescriptorDoesNotName() {
        Sources sources = Sources.NONE.with(from("<env>", "URL", "given", "OTHER", "given"));
        assertThat(Settlement.beside(FILE, Map.of("URL", Variable.plain("deployed")), sources)
                        .variables()
                        .values())
                .isEqualTo(Map.of("URL", "given"));
    }

    @Test
    void allThatIsMissingIsToldAtOnceWithWhereItIsAskedFor() {
        Map<String, Variable> deployed = new LinkedHashMap<>();
        deployed.put("DATABASE_PASSWORD", EXPORTED);
        deployed.put("HOST", Variable.unresolved("placeholder $HOST", false).at(FILE, 33));
        deployed.put("LEVEL", Variable.plain("info"));
        deployed.put("MAYBE", Variable.unresolved("no Secret s", true).orNone(true));
        Settlement settled = Settlement.of(
                        FILE,
                        deployed,
                        Sources.NONE.with(from("<env>", "DATABASE_PASSWORD", "", "A_KEY", "${env.A_KEY}")))
                .requiring(List.of("LEVEL", "HOST", "A_KEY"), "<requiredEnv>");
        assertThat(Missing.told(settled.missing(), "Nothing was built or booted", Set.of("<deploymentParameters>")))
                .isEqualTo("""
                        Nothing was built or booted: 3 variables have no value.
                          DATABASE_PASSWORD  is empty in <env>, asked for by deploy/aci.yaml:31 (it has neither value nor secureValue)
                          HOST               asked for by deploy/aci.yaml:33 (placeholder $HOST), and by <requiredEnv>
                          A_KEY              is empty in <env>, asked for by <requiredEnv>
                        Give each a value in <env>, <envFile>, <envFromServers>, <envFromFiles> or <deploymentParameters>. \
                        Example: <envFromServers><DATABASE_PASSWORD>database-password</DATABASE_PASSWORD></envFromServers> \
                        for the password of the server database-password in settings.xml""");
    }

    @Test
    void aPlainVariableOfTheDescriptorMayBeGivenAsEmpty() {
        Variable passedOn = Variable.unresolved("taken from the environment of whoever deploys", false);
        Settlement settled =
                Settlement.of("compose.yaml", Map.of("DEBUG", passedOn), Sources.NONE.with(from("<env>", "DEBUG", "")));
        assertThat(settled.missing()).isEmpty();
        assertThat(settled.variables().values()).containsEntry("DEBUG", "");
    }

    @Test
    void aValueThatOnlyLackedAnotherIsKnownOnceThatIsGiven() {
        Map<String, Variable> deployed = new LinkedHashMap<>();
        deployed.put(
                "PASSWORD",
                Variable.unresolved("the Secret db is not in the file", true).at("k8s.yaml", 12));
        deployed.put(
                "URL",
                Variable.unresolved("it refers to PASSWORD, which is not known", true)
                        .of(List.of(
                                new Variable.Part("postgres://shop:", false),
                                new Variable.Part("PASSWORD", true),
                                new Variable.Part("@db/$(x)", false))));
        assertThat(Settlement.of("k8s.yaml", deployed, Sources.NONE).missing())
                .containsExactly(new Missing(
                        "PASSWORD", Optional.empty(), List.of("k8s.yaml:12 (the Secret db is not in the file)"), true));

        Environment settled = Settlement.of(
                        "k8s.yaml", deployed, Sources.NONE.with(from("<env>", "PASSWORD", "s3cret")))
                .variables();
        assertThat(settled.values()).containsEntry("URL", "postgres://shop:s3cret@db/$(x)");
        assertThat(settled.secretNames()).contains("URL", "PASSWORD");
    }
}
