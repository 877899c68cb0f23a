package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.environment.Given;
import io.bootgate.environment.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WrongParametersTest {
    private static UserProperties with(String name, String value) {
        return new UserProperties(Map.of(name, value)::get);
    }

    private static void told(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void anUnknownWordIsToldWithTheChoices() {
        told(
                () -> Choice.of("<engine>", "dokcer", List.of("auto", "docker", "podman")),
                "<engine> must be one of auto, docker, podman, but was \"dokcer\".");
    }

    @Test
    void aPortIsANumberThatPortsCanHave() {
        for (String wrong : List.of("0", "65536", "-1", "http", "8000/tcp", "999999")) {
            told(
                    () -> VerifyMojo.portNumber("<port>", wrong),
                    "<port> must be a number from 1 to 65535, but was \"" + wrong + "\". Example: 8000");
        }
    }

    @Test
    void cpusMustBeAPositiveNumber() {
        for (String wrong : List.of("0", "two", "-1", "1,5")) {
            told(
                    () -> new Limits().toSpec(with("bootgate.limits.cpus", wrong)),
                    "<limits><cpus> must be a positive number, but was \"" + wrong + "\". Example: 1.5");
        }
    }

    @Test
    void memoryMustBeWhatEnginesAccept() {
        told(
                () -> new Limits().toSpec(with("bootgate.limits.memory", "5m")),
                "<limits><memory> must be at least 6m, the least that engines accept, but was \"5m\". Example: 512m");
        assertThatThrownBy(() -> new Limits().toSpec(with("bootgate.limits.memory", "lots")))
                .hasMessageContaining("<limits><memory>")
                .hasMessageContaining("\"lots\"");
    }

    @Test
    void pidsMustBeAPositiveWholeNumber() {
        told(
                () -> new Limits().toSpec(with("bootgate.limits.pids", "0")),
                "<limits><pids> must be a positive whole number, but was \"0\". Example: 100");
    }

    @Test
    void thePathOfTheProbeStartsWithASlash() {
        told(
                () -> new Http().toSpec(with("bootgate.http.path", "health check")),
                "<http><path> must start with a slash and be without blanks, but was \"health check\". Example: /health");
    }

    @Test
    void theTimeoutOfTheProbeIsPositive() {
        told(
                () -> new Http().toSpec(with("bootgate.http.timeout", "0s")),
                "<http><timeout> must be positive, but was \"0s\". Example: 5s");
    }

    @Test
    void theSchemeOfTheProbeIsKnown() {
        told(
                () -> new Http().toSpec(with("bootgate.http.scheme", "ftp")),
                "<http><scheme> must be one of auto, http, https, but was \"ftp\".");
    }

    @Test
    void theExpectedStatusIsOneOrARange() {
        told(
                () -> new Http().toPolicy(Duration.ofSeconds(1), Duration.ZERO, with("bootgate.http.status", "2xx")),
                "<http><status> must be a status or a range of them, but was \"2xx\". Example: 200-399");
        assertThatThrownBy(() -> new Http()
                        .toPolicy(Duration.ofSeconds(1), Duration.ZERO, with("bootgate.http.status", "399-200")))
                .hasMessageContaining("<http><status>")
                .hasMessageContaining("399-200");
    }

    @Test
    void thePlatformIsSystemAndArchitecture() {
        told(
                () -> new Docker().toSpec("a", Path.of("."), with("bootgate.docker.platform", "arm"), false),
                "<docker><platform> must be os/architecture, but was \"arm\". Example: linux/amd64");
    }

    @Test
    void allRequiredVariablesWithoutAValueAreToldAtOnce() {
        Sources given = Sources.NONE.with(
                Map.of("LOG_LEVEL", new Given("info", false, "<env>"), "DATABASE_URL", new Given(" ", false, "<env>")));
        told(() -> check(List.of("SECRET_KEY", "LOG_LEVEL", " DATABASE_URL ", "SECRET_KEY"), given), """
                Nothing was built or booted: 2 variables have no value.
                  SECRET_KEY    asked for by <requiredEnv>
                  DATABASE_URL  is empty in <env>, asked for by <requiredEnv>
                Give each a value in <env>, <envFile>, <envFromServers> or <envFromFiles>. Example: <env><SECRET_KEY>${env.SECRET_KEY}</SECRET_KEY></env>""");
        told(() -> check(List.of("A"), Sources.NONE), """
                Nothing was built or booted: a variable has no value.
                  A  asked for by <requiredEnv>
                Give it a value in <env>, <envFile>, <envFromServers> or <envFromFiles>. Example: <env><A>${env.A}</A></env>""");
        assertThatCode(() -> check(List.of("LOG_LEVEL"), given)).doesNotThrowAnyException();
    }

    private static void check(List<String> required, Sources given) {
        RequiredEnv.check(ServiceVariables.of(Optional.empty(), given, required), name -> false);
    }
}
