package io.bootgate.goal;

import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import io.bootgate.gate.Gate;
import io.bootgate.gate.GateLog;
import io.bootgate.gate.GateResult;
import io.bootgate.gate.Secrets;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.report.Paint;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.jspecify.annotations.Nullable;

/** What the goals share: the image, the engine, the folder for reports, and how an end is told to Maven. */
abstract class BootgateMojo extends AbstractMojo {
    /**
     * Name and tag of the image: what to build, or with {@code <builder>none</builder>} what to boot. By default the
     * artifactId with the version as its tag; without a POM the folder's name. Example: {@code acme/orders:1.0}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.image")
    private @Nullable String image;

    /**
     * Who builds the image. {@code docker}: the engine, from a Dockerfile. {@code jib}: Bootgate itself, which lays a Python
     * service's dependencies and sources on a base image; no Dockerfile. {@code none}: nobody, the image is there or can
     * be pulled. {@code auto}: jib for a Python project without a Dockerfile, else docker.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.builder", defaultValue = "auto")
    private String builder;

    /**
     * How the image is built from a Dockerfile. Inside: {@code <dockerfile>} (default {@code Dockerfile}), {@code <context>}
     * (default the project's folder; both relative to it), {@code <args>} (build arguments, the name as element name),
     * {@code <target>} (stage), {@code <platform>} ({@code linux/amd64}), {@code <pull>} (true: look for newer base images),
     * {@code <noCache>} (true: build every step anew). Each but args is a property too: {@code bootgate.docker.target}.
     * Example: {@code <docker><dockerfile>deploy/Dockerfile</dockerfile></docker>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Docker docker = new Docker();

    /**
     * How the image is laid together without a Dockerfile. Inside: {@code <from>} (base image, default
     * {@code python:3.12-slim}: the engine's own where it has it, else from its registry; also {@code docker://NAME},
     * {@code registry://NAME}, {@code tar://PATH}), {@code <app>} (folder that becomes {@code /app}, default the project's),
     * {@code <requirements>} (default the
     * first of requirements.txt, uv.lock, poetry.lock, pyproject.toml), {@code <module>} (what to serve, default: looked for), {@code <entrypoint>} (written as a {@code <command>}, default
     * gunicorn), {@code <port>} (default: of gunicorn.conf.py, else 8000), {@code <python>} (which of the image's Pythons, as
     * in 3.12), {@code <to>} ({@code engine}, {@code tar}: target/bootgate/image.tar, {@code registry}:
     * the one that the image's name tells; verify boots the image first and sends only one that is READY), {@code <tags>}
     * (further tags in the registry), {@code <insecureRegistries>} (that may be spoken to without TLS, as
     * {@code host:5000}), {@code <platform>} (of the base image, default this machine's architecture),
     * {@code <user>} (default {@code 1000:1000}), {@code <owner>} of the files (default {@code 0:0}),
     * {@code <labels>} (the name as element name), {@code <excludes>} (patterns as in a .dockerignore). Each but labels and
     * entrypoint is a property too: {@code bootgate.jib.from}. Example:
     * {@code <jib><from>python:3.12-slim</from><module>shop.wsgi:application</module></jib>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Jib jib = new Jib();

    /**
     * Names of variables whose values are masked wherever they turn up in output and reports; {@code *} in a name is any
     * text. Always masked are those whose names contain PASSWORD, SECRET, TOKEN, KEY or CREDENTIAL. Example:
     * {@code <secretEnv><name>DATABASE_URL</name></secretEnv>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.secretEnv")
    protected List<String> secretEnv = new ArrayList<>();

    /**
     * Which engine is used: {@code docker}, {@code podman}, or {@code auto} for the first that is found.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.engine", defaultValue = "auto")
    private String engine;

    /**
     * Where the engine is. By default DOCKER_HOST, the current docker context, the usual sockets, and podman on the PATH are
     * tried in this order. Example: {@code unix:///run/user/1000/podman/podman.sock}, {@code tcp://build.example:2376}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.engineHost")
    private @Nullable String engineHost;

    /**
     * Folder for report.json and the logs. One build at a time can use it. By default {@code bootgate} in the project's build
     * directory: {@code target/bootgate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.outputDirectory")
    private @Nullable File outputDirectory;

    /**
     * Does nothing if true.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    protected MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    protected MojoExecution mojoExecution;

    @SuppressWarnings("deprecation") // JSR 330 needs an index of the jar, which plugins of Maven 3 commonly do without.
    @Component
    private SettingsDecrypter settingsDecrypter;

    private Secrets secrets = Secrets.named(List.of());

    /** The goal's own work. Parameters are read first, so that nothing is begun with a wrong one. */
    abstract void run() throws MojoExecutionException, MojoFailureException;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Bootgate is skipped (bootgate.skip).");
            return;
        }
        secrets = Secrets.named(secretEnv).with(docker.args());
        try {
            run();
        } catch (RuntimeException | LinkageError e) {
            throw new BrokenGate(secrets, outputDirectory(), getLog()).explain(e);
        }
    }

    /** From now on the values of the secret ones of these are masked in all that is printed. */
    final void hide(Map<String, String> variables) {
        secrets = secrets.with(variables);
    }

    /** And these values. */
    final void hideValues(Collection<String> values) {
        secrets = secrets.withValues(values);
    }

    final String masked(String text) {
        return secrets.mask(text);
    }

    final Paint paint() {
        return Terminal.of(session);
    }

    /** Locks the folder, finds the engine, clears what dead builds left behind, works, and reports the result. */
    final void gate(String name, Work work) throws MojoExecutionException, MojoFailureException {
        EngineChoice choice = engineChoice();
        try (OutputFolder folder = OutputFolder.open(outputDirectory())) {
            Reports reports =
                    new Reports(folder, name, mojoExecution.getVersion(), baseDirectory(), Terminal.of(session));
            reports.clear();
            Optional<GateResult> result;
            try (MavenGateLog log = new MavenGateLog(
                            getLog(), secrets, Terminal.isInteractive(session), folder.file(name + ".build.log"));
                    DockerEngine found = Engines.find(choice)) {
                sweep(found, log);
                result = work.on(new Gate(found, log), found);
            }
            if (result.isPresent()) {
                reports.tell(result.get(), secrets, getLog());
            }
        }
    }

    /** The same for what needs no engine. */
    final void work(String name, Function<GateLog, Optional<GateResult>> work)
            throws MojoExecutionException, MojoFailureException {
        try (OutputFolder folder = OutputFolder.open(outputDirectory())) {
            Reports reports =
                    new Reports(folder, name, mojoExecution.getVersion(), baseDirectory(), Terminal.of(session));
            reports.clear();
            Optional<GateResult> result;
            try (MavenGateLog log = new MavenGateLog(
                    getLog(), secrets, Terminal.isInteractive(session), folder.file(name + ".build.log"))) {
                result = work.apply(log);
            }
            if (result.isPresent()) {
                reports.tell(result.get(), secrets, getLog());
            }
        }
    }

    /** What is done with an engine; a result if there is one to be reported. */
    interface Work {
        Optional<GateResult> on(Gate gate, DockerEngine engine);
    }

    private static void sweep(DockerEngine engine, GateLog log) {
        int removed = engine.sweep();
        if (removed > 0) {
            log.info("Removed %d container(s) that a build left behind when it was killed".formatted(removed));
        }
    }

    final Recipe recipe(String reference) {
        DockerBuild fromDockerfile = docker.toSpec(reference, baseDirectory(), properties());
        String chosen = chosenBuilder();
        boolean jibToo = chosen.equals("auto")
                && !docker.isNamed(properties())
                && !Files.isRegularFile(fromDockerfile.dockerfile())
                && PythonProject.isIn(baseDirectory().resolve(jib.app(properties())));
        return chosen.equals("jib") || jibToo ? withJib(reference) : new Recipe.FromDockerfile(fromDockerfile);
    }

    private Recipe.WithJib withJib(String reference) {
        Path output = hasProject() ? Path.of(project.getBuild().getDirectory()) : Path.of("target");
        Jib.Surroundings around = new Jib.Surroundings(
                baseDirectory(),
                output,
                outputDirectory().resolve("image.tar"),
                UserCache.folder(System.getenv(), properties()),
                GitLabels.of(baseDirectory()),
                session.isOffline());
        return new Recipe.WithJib(
                jib.toSpec(reference, around, properties(), this::evaluated),
                jib.target(properties()),
                new SettingsLogins(session.getSettings(), settingsDecrypter));
    }

    final ImageBuilder builder(DockerEngine engine, Recipe recipe) {
        return recipe.on(engine, secrets);
    }

    /** Where jib's image goes in the end, after it was booted where it is. */
    final ImageBuilder target(Optional<DockerEngine> engine, Recipe.WithJib recipe) {
        return recipe.toTarget(engine, secrets);
    }

    final boolean builds() {
        return !chosenBuilder().equals("none");
    }

    private String chosenBuilder() {
        return Choice.of("<builder>", builder, List.of("auto", "docker", "jib", "none"));
    }

    /** What Maven makes of an expression in XML that it hands over as it stands; null if it has no value. */
    final @Nullable String evaluated(String expression) {
        try {
            Object value = new PluginParameterExpressionEvaluator(session, mojoExecution).evaluate(expression);
            return value == null ? null : value.toString();
        } catch (ExpressionEvaluationException e) {
            throw new IllegalArgumentException(
                    "<command> or <entrypoint> has an expression that Maven can't evaluate: " + expression, e);
        }
    }

    private EngineChoice engineChoice() {
        String kind = Choice.of("<engine>", engine, List.of("auto", "docker", "podman"));
        return new EngineChoice(
                EngineChoice.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(engineHost).map(String::strip).filter(host -> !host.isEmpty()));
    }

    /** Short name of the service, for files and messages. */
    final String service() {
        return ImageName.service(
                hasProject()
                        ? project.getArtifactId()
                        : String.valueOf(baseDirectory().getFileName()));
    }

    final String reference() {
        if (image != null && !image.isBlank()) {
            return ImageName.checked(image.strip());
        }
        if (!builds()) {
            throw new IllegalArgumentException("<builder>none</builder> needs <image>, the image to boot. Example:"
                    + " <image>acme/orders:1.0</image>");
        }
        return service() + ":" + ImageName.tag(hasProject() ? project.getVersion() : "");
    }

    final Path baseDirectory() {
        return place().base();
    }

    final Path outputDirectory() {
        return place().outputDirectory(outputDirectory);
    }

    final Place place() {
        return Place.of(project, session);
    }

    final UserProperties properties() {
        return new UserProperties(name -> session.getUserProperties()
                .getProperty(name, project.getProperties().getProperty(name)));
    }

    private boolean hasProject() {
        return !project.getArtifactId().equals(Place.NO_PROJECT);
    }
}
