package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.gate.GateRequest;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.jib.JibBuild;
import io.bootgate.judge.Policy;
import io.bootgate.server.Server;
import io.bootgate.watch.ProbePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoExtension;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a POM. Each method starts a Maven of its own, so they are few. */
@MojoTest
class GoalParametersTest {
    /** The harness reads the goal's configuration from the POM, but makes up the project. */
    @Inject
    private MavenProject project;

    @BeforeEach
    void nameTheProject() {
        project.setArtifactId("Orders_Service");
        project.setVersion("1.0+5");
    }

    @Test
    @Basedir("/goals/everything")
    @InjectMojo(goal = "verify", pom = "pom.xml")
    void everyParameterOfVerifyReachesTheGate(VerifyMojo verify) {
        Path base = Path.of(MojoExtension.getBasedir()).toAbsolutePath().normalize();

        assertThat(verify.request())
                .isEqualTo(new GateRequest(
                        "orders-service",
                        new ContainerSpec(
                                "acme/orders:7",
                                "orders-service",
                                Optional.of(List.of("/bin/sh", "-c", "exec /entry.sh, really")),
                                Optional.of(List.of("gunicorn", "--bind=0.0.0.0:9000,0.0.0.0:9001")),
                                Map.of(
                                        "FROM_FILE", "overridden",
                                        "ONLY_FILE", " as it stands ",
                                        "SECRET_KEY", "hunter2",
                                        "JWT_KEY", "-----BEGIN KEY-----\nabc\n-----END KEY-----",
                                        "EMPTY", ""),
                                Optional.of("1000:1000"),
                                Optional.of("/srv"),
                                List.of(),
                                OptionalLong.of(1500),
                                OptionalLong.of(1610612736),
                                OptionalLong.of(100),
                                true,
                                List.of("/tmp", "/run"),
                                Map.of("net.ipv4.ip_unprivileged_port_start", "1024"),
                                Optional.of("shop-backend"),
                                Optional.of("linux/arm64")),
                        OptionalInt.of(9000),
                        Optional.of(Server.GUNICORN),
                        new ProbePlan(
                                "/health?deep=1", Map.of("Host", "shop.example"), Duration.ofMillis(750), "https"),
                        new Policy(Duration.ofMinutes(2), Duration.ofMillis(500), 200, 299, false),
                        Set.of("DATABASE_URL", "STRIPE_*", "JWT_KEY"),
                        Set.of(),
                        base,
                        base.resolve("out"),
                        Optional.empty(),
                        Examination.DEFAULT,
                        Optional.of(new GateRequest.MemoryLimit("<limits><memory>", false))));
        assertThat(verify.recipe("acme/orders:7"))
                .isEqualTo(new Recipe.FromDockerfile(new DockerBuild(
                        "acme/orders:7",
                        base,
                        Path.of("deploy/Dockerfile"),
                        Path.of("src"),
                        Map.of("BASE", "python:3.12-slim", "EMPTY", ""),
                        Optional.of("runtime"),
                        Optional.of("linux/arm64"),
                        true,
                        true)));
    }

    @Test
    @Basedir("/goals/nothing")
    @InjectMojo(goal = "verify", pom = "pom.xml")
    void withoutConfigurationTheProjectItselfIsTheService(VerifyMojo verify) {
        Path base = Path.of(MojoExtension.getBasedir()).toAbsolutePath().normalize();

        assertThat(verify.request())
                .isEqualTo(new GateRequest(
                        "orders-service",
                        named(ContainerSpec.of("orders-service:1.0-5"), "orders-service"),
                        OptionalInt.empty(),
                        Optional.empty(),
                        ProbePlan.DEFAULT,
                        Policy.DEFAULT,
                        Set.of(),
                        Set.of(),
                        base,
                        base.resolve("target/bootgate"),
                        Optional.empty(),
                        Examination.DEFAULT,
                        Optional.of(new GateRequest.MemoryLimit("<limits><memory>", true))));
        assertThat(verify.builds()).isTrue();
    }

    @Test
    @Basedir("/goals/everything")
    @InjectMojo(goal = "build", pom = "pom.xml")
    @MojoParameter(name = "image", value = "Acme Orders")
    void theImageToBuildMustHaveAName(BuildMojo build) {
        assertThatThrownBy(build::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("<image> must be a name in lower case with an optional tag, but was \"Acme");
    }

    @Test
    @Basedir("/goals/nothing")
    @InjectMojo(goal = "verify", pom = "pom.xml")
    @MojoParameter(name = "builder", value = "buildah")
    void aBuilderThatThereIsNotIsToldWithTheChoices(VerifyMojo verify) {
        assertThatThrownBy(verify::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("<builder> must be one of auto, docker, buildkit, jib, none, but was \"buildah\".");
    }

    @Test
    @Basedir("/goals/jib")
    @InjectMojo(goal = "build", pom = "pom.xml")
    void everyParameterOfJibReachesItsBuilder(BuildMojo build) {
        Path base = Path.of(MojoExtension.getBasedir()).toAbsolutePath().normalize();

        assertThat(build.recipe("acme/orders:7"))
                .isInstanceOfSatisfying(
                        Recipe.WithJib.class,
                        recipe -> assertThat(recipe.build())
                                .isEqualTo(new JibBuild(
                                        "acme/orders:7",
                                        base,
                                        "tar://base.tar",
                                        Path.of("service"),
                                        Optional.of(Path.of("deploy/requirements.txt")),
                                        Optional.of("3.12"),
                                        Optional.of("shop.wsgi:application"),
                                        Optional.of(List.of("python3", "-m", "shop")),
                                        OptionalInt.of(9000),
                                        List.of("linux/arm64"),
                                        List.of("latest"),
                                        Set.of("registry.local:5000"),
                                        base.resolve("target/bootgate/image.tar"),
                                        "app",
                                        "1000:1000",
                                        recipe.build().labels(),
                                        List.of("tests", "*.sqlite3"),
                                        base.resolve("target"),
                                        recipe.build().cache(),
                                        recipe.build().environment(),
                                        false)));
    }

    private static ContainerSpec named(ContainerSpec spec, String name) {
        return new ContainerSpec(
                spec.image(),
                name,
                spec.entrypoint(),
                spec.command(),
                spec.env(),
                spec.user(),
                spec.workdir(),
                spec.ports(),
                spec.milliCpus(),
                spec.memoryBytes(),
                spec.pids(),
                spec.readOnly(),
                spec.tmpfs(),
                spec.sysctls(),
                spec.network(),
                spec.platform());
    }

    @Test
    @Basedir("/goals/linted")
    @InjectMojo(goal = "lint", pom = "pom.xml")
    void anErrorInTheSourcesFailsTheBuildWithPlaceAndFix(LintMojo lint) throws Exception {
        assertThatThrownBy(lint::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("2 errors")
                .hasMessageContaining("error  COMMAND_OVERRIDDEN  Dockerfile:7  ")
                .hasMessageContaining("error  BIND_LOOPBACK  Dockerfile:8:25  127.0.0.1:8000 is reached from inside")
                .hasMessageContaining("  fix  Bind all interfaces instead: --bind 0.0.0.0:8000.")
                .hasMessageNotContaining("SECRET_IN_IMAGE")
                .hasMessageNotContaining("4f1e9c2b7a");
        String report = Files.readString(Path.of(MojoExtension.getBasedir(), "target/bootgate/report.json"));
        assertThat(report).contains("\"NOT_BOOTED\"", "\"BIND_LOOPBACK\"").doesNotContain("4f1e9c2b7a");
    }

    @Test
    @Basedir("/goals/linted")
    @InjectMojo(goal = "lint", pom = "pom.xml")
    @MojoParameter(name = "failOn", value = "never")
    void findingsCanBeToldWithoutFailing(LintMojo lint) throws Exception {
        RecordedLog log = new RecordedLog();
        lint.setLog(log);

        lint.execute();

        assertThat(log.lines).anyMatch(line -> line.startsWith("WARN error  BIND_LOOPBACK  Dockerfile:8:25"));
    }
}
