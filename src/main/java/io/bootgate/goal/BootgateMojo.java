package io.bootgate.goal;

import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.engine.docker.EngineChoice;
import io.bootgate.engine.docker.Engines;
import io.bootgate.gate.Gate;
import io.bootgate.gate.GateLog;
import io.bootgate.gate.GateResult;
import io.bootgate.gate.Secrets;
import io.bootgate.image.BackOff;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.DockerBuild;
import io.bootgate.image.jib.Registries;
import io.bootgate.image.jib.RegistryLogin;
import io.bootgate.report.Paint;
import io.bootgate.report.PlainText;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
     * Who builds the image. {@code docker}: the engine, from a Dockerfile, with BuildKit where the Dockerfile needs it.
     * {@code buildkit}: the same, always with the BuildKit of Docker Engine. {@code jib}: Bootgate itself, which lays a Python
     * service's dependencies and sources on a base image; no Dockerfile. {@code none}: nobody, the image is there or can
     * be pulled. {@code auto}: jib for a Python project without a Dockerfile, else docker.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.builder", defaultValue = "auto")
    private String builder;

    /**
     * How the image is built from a Dockerfile. Inside:
     * {@code <dockerfile>} (default {@code Dockerfile}) and {@code <context>} (default the project's folder), both relative to
     * the project;
     * {@code <args>}: build arguments, the name as element name: {@code <args><PYTHON>3.12</PYTHON></args>};
     * {@code <labels>}: labels of the image, likewise;
     * {@code <target>}: the stage to build, default the last one;
     * {@code <platform>}: {@code linux/amd64}, default the engine's own;
     * {@code <pull>}: true looks for newer base images; {@code <noCache>}: true builds every step anew;
     * {@code <cacheFrom>}: images whose layers may be used again: {@code <cacheFrom><image>acme/orders:main</image></cacheFrom>};
     * {@code <network>}: what RUN sees, {@code host}, {@code none} or, where BuildKit is not needed, a network's name;
     * {@code <extraHosts>}: names that RUN can resolve: {@code <extraHosts><host>pypi.local:10.0.0.5</host></extraHosts>};
     * {@code <secrets>}: what a {@code RUN --mount=type=secret,id=ID} sees, the id as element name, from a file or from a
     * variable of Maven's environment: {@code <secrets><npmrc>src=.npmrc</npmrc><token>env=PIP_TOKEN</token></secrets>};
     * {@code <ssh>}: agents or keys for {@code RUN --mount=type=ssh}: {@code <ssh><agent>default</agent></ssh>}.
     * Secrets and SSH need the docker command with its buildx plugin, or the podman command. Their values, and those of
     * arguments with a secret's name, are masked in all output. Each but args, labels and secrets is a property too, lists
     * parted by commas: {@code -Dbootgate.docker.target=web}.
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
     * When the image is pushed to the registry that its name tells. {@code never}; {@code afterReady}: by {@code verify}, once
     * it is READY; {@code afterBuild}: by {@code build} as soon as it is built, and by {@code verify} once it is READY. An
     * image that is NOT_READY is never pushed. The registry is asked afterwards whether it has the very same image; what
     * fails for a reason that passes is tried again. Logins are those of {@code settings.xml} (a {@code <server>} whose id is
     * the registry's name), then docker's own and its credential helpers. Example: {@code afterReady}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.push", defaultValue = "never")
    private String push;

    /**
     * Takes the image of the run before as it is if true, where nothing changed since and the image still exists: neither
     * Dockerfile, files, arguments and base images in the engine, nor sources, requirements and parameters of {@code <jib>}.
     * What a {@code RUN} fetches, and base images in registries, are not looked at.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.skipIfUnchanged", defaultValue = "false")
    private boolean skipIfUnchanged;

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
            hideValues(docker.secretValues(baseDirectory(), System.getenv()));
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

    /**
     * Locks the folder, finds the engine, clears what dead builds left behind, works, and reports the result. Then tells of the
     * image, and brings it to where it is wanted.
     */
    final void gate(String name, Work work, After after) throws MojoExecutionException, MojoFailureException {
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
                if (result.isPresent()) {
                    reports.tell(result.get(), secrets, getLog());
                }
                after.on(result, Optional.of(found), log);
            }
        }
    }

    /** The same for what needs no engine. */
    final void work(String name, Function<GateLog, Optional<GateResult>> work, After after)
            throws MojoExecutionException, MojoFailureException {
        try (OutputFolder folder = OutputFolder.open(outputDirectory())) {
            Reports reports =
                    new Reports(folder, name, mojoExecution.getVersion(), baseDirectory(), Terminal.of(session));
            reports.clear();
            Optional<GateResult> result;
            try (MavenGateLog log = new MavenGateLog(
                    getLog(), secrets, Terminal.isInteractive(session), folder.file(name + ".build.log"))) {
                result = work.apply(log);
                if (result.isPresent()) {
                    reports.tell(result.get(), secrets, getLog());
                }
                after.on(result, Optional.empty(), log);
            }
        }
    }

    /** What is done once the result is told, and is no failure. */
    interface After {
        void on(Optional<GateResult> result, Optional<DockerEngine> engine, GateLog log);
    }

    /** The builder, which takes the image of the run before where nothing changed and that is wanted. */
    final Unchanged sparing(ImageBuilder builder, Optional<BuiltImage> before, Predicate<BuiltImage> exists) {
        return new Unchanged(builder, outputDirectory(), before, skipIfUnchanged, exists);
    }

    /** What the run before told of its image; to be asked for before anything is cleared. */
    final Optional<BuiltImage> before() {
        return BuiltImage.read(outputDirectory());
    }

    /** {@code never}, {@code afterReady} or {@code afterBuild}. */
    final String push() {
        return Choice.of("<push>", push, List.of("never", "afterReady", "afterBuild"));
    }

    /** @param recipe how the image was built; empty if it was there */
    final Shipping shipping(Optional<Recipe> recipe, boolean pushes) {
        Registries registries = registries();
        if (pushes) {
            registries.login(reference()).ifPresent(known -> hideValues(secretsOf(known)));
        }
        return new Shipping(recipe, pushes, registries, BackOff.USUAL, secrets);
    }

    private static List<String> secretsOf(RegistryLogin.Login known) {
        String pair = known.name() + ":" + known.password();
        return List.of(known.password(), Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** Registries of this machine are insecure for the engine too. */
    final Registries registries() {
        Set<String> insecure = new LinkedHashSet<>(jib.insecureRegistries(properties()));
        String registry = reference().replaceFirst("/.*$", "");
        if (registry.matches("(?:localhost|127\\.\\d+\\.\\d+\\.\\d+)(?::\\d+)?")
                && reference().contains("/")) {
            insecure.add(registry);
        }
        return new Registries(insecure, logins(), new BuildLog() {
            @Override
            public void step(String text) {
                output(text);
            }

            @Override
            public void output(String line) {
                getLog().debug(PlainText.of(secrets.mask(line)));
            }
        });
    }

    private SettingsLogins logins() {
        return new SettingsLogins(session.getSettings(), settingsDecrypter);
    }

    /** Tells others of the image: in {@code image.json} and as properties of the project. */
    final void publish(BuiltImage image) {
        image.write(outputDirectory(), mojoExecution.getVersion());
        image.publish(project.getProperties());
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
        String chosen = chosenBuilder();
        DockerBuild fromDockerfile = docker.toSpec(reference, baseDirectory(), properties(), chosen.equals("buildkit"));
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
                jib.toSpec(reference, around, properties(), this::evaluated), jib.target(properties()), logins());
    }

    final SettingsServers settingsServers() {
        return new SettingsServers(session.getSettings(), settingsDecrypter);
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
        return Choice.of("<builder>", builder, List.of("auto", "docker", "buildkit", "jib", "none"));
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
