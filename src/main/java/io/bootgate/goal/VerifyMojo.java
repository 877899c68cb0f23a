package io.bootgate.goal;

import io.bootgate.autopsy.Examination;
import io.bootgate.deployment.DeploymentFinding;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.environment.Environment;
import io.bootgate.environment.Sources;
import io.bootgate.gate.DeployedService;
import io.bootgate.gate.GateRequest;
import io.bootgate.gate.GateResult;
import io.bootgate.gate.OwnContainer;
import io.bootgate.image.ImageStore.StoredImage;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.report.DeploymentTable;
import io.bootgate.report.VariableMask;
import io.bootgate.rule.lint.Lint;
import io.bootgate.rule.lint.LintFinding;
import io.bootgate.rule.lint.LintProject;
import io.bootgate.server.Server;
import io.bootgate.watch.ProbePlan;
import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Builds the service's image, boots it as deployed, and fails the build unless it truly serves, saying why it does not and
 * what to change.
 *
 * <p>Needs no configuration, and no POM, in a folder with a Dockerfile or a Python service.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public class VerifyMojo extends BootgateMojo {
    private static final List<String> SERVERS =
            List.of("auto", "gunicorn", "uvicorn", "hypercorn", "waitress", "uwsgi", "flask", "django", "none");
    private static final int HIGHEST_PORT = 65535;

    /**
     * The server that is started: gunicorn, uvicorn, hypercorn, waitress, uwsgi, flask or django (their development
     * servers), {@code none} for any other (it is ready when its port answers), or {@code auto} to find out from command and
     * log.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.server", defaultValue = "auto")
    private String server;

    /**
     * Environment variables of the container, the name as element name. They come before all other sources: the image's own
     * variables, then {@code <deployment>}, {@code <envFile>}, {@code <envFromServers>} and {@code <envFromFiles>}, the
     * strongest last. An empty element is an empty value. Example:
     * {@code <env><SECRET_KEY>${env.SECRET_KEY}</SECRET_KEY><DEBUG/></env>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Variables env = new Variables();

    /**
     * A file of environment variables as {@code docker run --env-file} reads it: {@code NAME=value} with the value as it
     * stands, {@code NAME} alone for the value that Maven's own environment has, {@code #} for comments.
     * {@code <envFromServers>}, {@code <envFromFiles>} and {@code <env>} come before it. Example: {@code deploy/test.env}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.envFile")
    private @Nullable File envFile;

    /**
     * Variables whose values are in the user's settings.xml, decrypted as Maven does it: the name as element name, and the id
     * of a {@code <server>} for its password; or {@code ID.username}, {@code ID.passphrase}. Passwords are masked wherever they
     * turn up. Example: {@code <envFromServers><DATABASE_PASSWORD>orders-db</DATABASE_PASSWORD></envFromServers>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Variables envFromServers = new Variables();

    /**
     * Variables whose values are the contents of files: the name as element name, and the file's path, relative to the project.
     * One line end at the file's end is left out. The values are masked wherever they turn up. Example:
     * {@code <envFromFiles><JWT_KEY>secrets/jwt.pem</JWT_KEY></envFromFiles>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Variables envFromFiles = new Variables();

    /**
     * Names of variables that must have a value that is not empty, from any source: {@code <env>}, {@code <envFromServers>},
     * {@code <envFromFiles>}, {@code <envFile>}, {@code <deployment>}, or the image. If one has none, nothing is built or
     * booted, and all of them are named at once. Example: {@code <requiredEnv><name>SECRET_KEY</name></requiredEnv>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.requiredEnv")
    private List<String> requiredEnv = new ArrayList<>();

    /**
     * Replaces the image's CMD. As in a Dockerfile: elements of any name are its words (exec form), plain text is run by
     * {@code /bin/sh -c} (shell form). Example:
     * {@code <command><arg>gunicorn</arg><arg>app:app</arg></command>}, {@code <command>gunicorn app:app</command>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.command")
    private @Nullable PlexusConfiguration command;

    /**
     * Replaces the image's ENTRYPOINT, and drops its CMD. Written as {@code <command>} is.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.entrypoint")
    private @Nullable PlexusConfiguration entrypoint;

    /**
     * User (and group) instead of the image's. Example: {@code 1000:1000}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.user")
    private @Nullable String user;

    /**
     * Working directory instead of the image's: an absolute path in the container. Example: {@code /app}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.workdir")
    private @Nullable String workdir;

    /**
     * The TCP port that must be served, 1 to 65535. By default the image's EXPOSE if it has exactly one, else the port that
     * the server says it is bound to. Example: {@code 8000}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.port")
    private @Nullable String port;

    /**
     * Mounts the container's root file system read-only if true.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.readOnly", defaultValue = "false")
    private boolean readOnly;

    /**
     * Absolute paths in the container that get a file system in memory. Example:
     * {@code <tmpfs><path>/tmp</path></tmpfs>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.tmpfs")
    private List<String> tmpfs = new ArrayList<>();

    /**
     * Kernel parameters of the container, the name as element name. Example:
     * {@code <sysctls><net.ipv4.ip_unprivileged_port_start>1024</net.ipv4.ip_unprivileged_port_start></sysctls>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Map<String, String> sysctls = new LinkedHashMap<>();

    /**
     * Name of an existing network of the engine that the container joins, for a service that needs others at its start. By
     * default the engine's own. Example: {@code shop-backend}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.network")
    private @Nullable String network;

    /**
     * How proof of service is asked for. Inside: {@code <path>} (default {@code /}), {@code <status>} (a status or a range
     * that counts as served, default any below 500), {@code <headers>} (the name as element name), {@code <timeout>} of one
     * request (default 5s), {@code <scheme>} ({@code auto}, {@code http}, {@code https}), {@code <skip>} (true: a server that
     * is up and stays up is enough). Each but headers is a property too: {@code bootgate.http.path}. Example:
     * {@code <http><path>/health</path><status>200</status></http>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Http http = new Http();

    /**
     * What the container may use; without limits by default. Inside: {@code <cpus>} (1.5), {@code <memory>} (512m, 1.5g, in
     * units of 1024; no swap), {@code <pids>} (processes and threads). Each is a property too:
     * {@code bootgate.limits.memory}. Example: {@code <limits><cpus>1</cpus><memory>1.5g</memory></limits>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Limits limits = new Limits();

    /**
     * The descriptor that deploys the service: a container group of Azure (YAML, ARM template, the JSON that
     * {@code bicep build} writes), a Compose file, Kubernetes manifests, or a Terraform plan ({@code terraform show -json}).
     * What it says of command, variables, limits, user, volumes, ports, probes and the containers beside is booted; parameters
     * here come before it. Example: {@code deploy/aci.yaml}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deployment")
    private @Nullable File deployment;

    /**
     * Values for what the descriptor leaves open: the file of parameters of an ARM template, or {@code NAME=value} lines for
     * the variables of a Compose file, read instead of {@code .env}. Example: {@code deploy/parameters.json}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deploymentParameters")
    private @Nullable File deploymentParameters;

    /**
     * Name of the descriptor's container that runs the image. By default the one with the image's repository, else the only
     * one that is built, else the only one. Example: {@code web}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.deploymentContainer")
    private @Nullable String deploymentContainer;

    /**
     * If false, a service that was killed for memory, or used nearly all of its limit, is not booted again to find out how much
     * memory it needs. Else it is, at most four times and within twice the {@code <timeout>}, with limits that the engine's
     * machine has; the verdict stays as it is.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.memorySearch", defaultValue = "true")
    private boolean memorySearch;

    /**
     * Names of other containers of the descriptor, init containers too, that are not booted: their image cannot be had here, or
     * the service does not need them. By default all are booted. Example:
     * {@code <leaveOut><name>proxy</name></leaveOut>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.leaveOut")
    private List<String> leaveOut = new ArrayList<>();

    /**
     * How long the service may take until the verdict, from the container's start. A service that has failed is never waited
     * for. Units: ms, s, m, h. Example: {@code 90s}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.timeout", defaultValue = "60s")
    private String timeout;

    /**
     * How long everything must go on holding before the service counts as ready. Units: ms, s, m, h. Example: {@code 500ms}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.settle", defaultValue = "2s")
    private String settle;

    /**
     * Whether a service that is not ready is booted once more, observed from outside, to find the place where it ends and all else
     * that is missing, where the first boot left that open. It never changes the verdict. See docs/autopsy.md.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.autopsy", defaultValue = "true")
    private boolean autopsy;

    /**
     * How long the autopsy may take. Units: ms, s, m, h. Example: {@code 45s}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.autopsyTimeout", defaultValue = "30s")
    private String autopsyTimeout;

    /**
     * Whether a service that is ready is booted once more, observed, to write down which variables it reads: to
     * environment.md and report.json. One that is not ready is recorded by its autopsy.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.recordEnvironment", defaultValue = "false")
    private boolean recordEnvironment;

    /**
     * Ids of rules of {@code lint} that are not asked. Example:
     * {@code <ignoreRules><rule>COMMAND_IN_SHELL</rule></ignoreRules>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.ignoreRules")
    private List<String> ignoreRules = new ArrayList<>();

    /**
     * What the findings of a rule of {@code lint} count as, the rule's id as element name: {@code error} or {@code warning}.
     * Example: {@code <severities><BIND_LOOPBACK>warning</BIND_LOOPBACK></severities>}
     *
     * @since 0.1.0
     */
    @Parameter
    private Map<String, String> severities = new LinkedHashMap<>();

    @Override
    void run() throws MojoExecutionException, MojoFailureException {
        GateRequest request = request();
        request.deployed().ifPresent(this::tellFindings);
        List<LintFinding> findings = findings(request);
        boolean pushes = !push().equals("never");
        Optional<BuiltImage> before = before();
        Optional<Recipe> recipe =
                builds() ? Optional.of(recipe(request.container().image())) : Optional.empty();
        List<String> inputs = new ArrayList<>(1);
        gate(
                request.name(),
                (gate, engine) -> {
                    if (recipe.isEmpty()) {
                        return Optional.of(gate.run(request).withFindings(findings));
                    }
                    EngineImages images = new EngineImages(engine.connection().client());
                    Unchanged builder = sparing(
                            builder(engine, recipe.get()),
                            before,
                            image -> images.find(image.reference())
                                    .map(StoredImage::id)
                                    .equals(image.id()));
                    GateResult result = gate.run(request, builder).withFindings(findings);
                    builder.inputs().ifPresent(inputs::add);
                    return Optional.of(result);
                },
                (result, engine, log) -> {
                    GateResult.Image told = result.orElseThrow().image();
                    BuiltImage image = new BuiltImage(
                            request.name(),
                            told.reference(),
                            told.id(),
                            told.digest(),
                            told.builder(),
                            false,
                            inputs.stream().findFirst());
                    publish(image);
                    publish(shipping(recipe, pushes).ship(image, engine, log));
                });
    }

    /** All that the parameters say; an error for the first that is wrong, and for all required variables at once. */
    GateRequest request() {
        Optional<DeployedService> described = readDeployment();
        described.ifPresent(service -> hideValues(service.secretValues()));
        ServiceVariables settled = ServiceVariables.of(described, sources(), requiredEnv);
        Environment variables = settled.own().variables();
        hide(variables.values());
        hideValues(settled.secretValues());
        RequiredEnv required = require(settled);
        Optional<DeployedService> deployed = settled.deployed();
        Set<String> secretNames = new LinkedHashSet<>(secretEnv);
        secretNames.addAll(settled.secretNames());
        ProbePlan probe = http.toSpec(properties());
        hide(probe.headers());
        hideValues(probe.credentials());
        Duration deadline = DurationText.parse("<timeout>", timeout, "60s");
        return new GateRequest(
                service(),
                container(variables.values(), deployed),
                port(),
                server(),
                probe,
                http.toPolicy(deadline, DurationText.parse("<settle>", settle, "2s"), properties()),
                secretNames,
                required.ofImage(),
                baseDirectory(),
                outputDirectory(),
                deployed,
                new Examination(
                        autopsy, recordEnvironment, DurationText.parse("<autopsyTimeout>", autopsyTimeout, "30s")),
                Optional.of(new GateRequest.MemoryLimit(memoryLimitFrom(deployed), memorySearch)));
    }

    private String memoryLimitFrom(Optional<DeployedService> deployed) {
        boolean own = limits.toSpec(properties()).memoryBytes().isPresent();
        return deployed.filter(service -> !own)
                .flatMap(service -> service.own().memory().place())
                .orElse("<limits><memory>");
    }

    /** What the sources tell before the build; never an obstacle to it. */
    final List<LintFinding> findings(GateRequest request) {
        Lint lint = new RuleChoice(ignoreRules, severities).toLint();
        LintProject project = new LintSources(baseDirectory(), outputDirectory(), recipe(reference()), builds())
                .project(request, new LinkedHashSet<>(requiredEnv));
        return lint.check(project).stream()
                .map(finding -> finding.masked(this::masked))
                .toList();
    }

    /** Refuses to go on without the values of required variables. */
    RequiredEnv require(ServiceVariables settled) {
        return RequiredEnv.check(settled, this::isSetByImage);
    }

    /** What the platform would refuse, or do otherwise; what is merely good to know bootgate:describe tells. */
    private void tellFindings(DeployedService service) {
        VariableMask mask = VariableMask.of(service.described(), secretEnv);
        DeploymentTable.findings(
                        service.described().findings().stream()
                                .filter(found -> found.severity() != DeploymentFinding.Severity.NOTICE)
                                .toList(),
                        mask)
                .forEach(getLog()::warn);
    }

    private Optional<DeployedService> readDeployment() {
        Place place = place();
        return Optional.ofNullable(deployment).map(file -> {
            OwnContainer own = new OwnContainer(reference(), service(), builds());
            return new DescriptorReading(
                            place.shown(file),
                            new ProjectFiles(place.base()),
                            Optional.ofNullable(deploymentParameters).map(place::shown),
                            Set.copyOf(leaveOut))
                    .of(given(deploymentContainer), own);
        });
    }

    private Sources sources() {
        return read(new VariableSources(
                envFile,
                envFromServers.toMap(),
                envFromFiles.toMap(),
                env.toMap(),
                settingsServers(),
                baseDirectory()));
    }

    Sources read(VariableSources sources) {
        return sources.read();
    }

    /** Whether the image may set it itself, which is known for sure only when it is there. */
    private boolean isSetByImage(String name) {
        return !builds() || recipe(reference()).maySet(name);
    }

    private ContainerSpec container(Map<String, String> variables, Optional<DeployedService> deployed) {
        Limits.Spec limit = limits.toSpec(properties());
        ContainerSpec parameters = new ContainerSpec(
                reference(),
                service(),
                CommandLine.of(entrypoint, this::evaluated),
                CommandLine.of(command, this::evaluated),
                variables,
                given(user),
                given(workdir).map(path -> absolute("<workdir>", path)),
                List.of(),
                limit.milliCpus(),
                limit.memoryBytes(),
                limit.pids(),
                readOnly,
                tmpfs.stream().map(path -> absolute("<tmpfs>", path)).toList(),
                sysctls,
                given(network),
                recipe(reference()).platform());
        return deployed.map(service -> service.under(parameters)).orElse(parameters);
    }

    private OptionalInt port() {
        return given(port)
                .map(text -> portNumber("<port>", text))
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    static int portNumber(String parameter, String text) {
        int number = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "%s must be a number from 1 to 65535, but was \"%s\". Example: 8000".formatted(parameter, text));
        }
        return number;
    }

    private Optional<Server> server() {
        String name = Choice.of("<server>", server, SERVERS);
        return name.equals("auto") ? Optional.empty() : Optional.of(Server.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static String absolute(String parameter, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "%s must be an absolute path in the container, but was \"%s\". Example: /app"
                            .formatted(parameter, path));
        }
        return path;
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }
}
