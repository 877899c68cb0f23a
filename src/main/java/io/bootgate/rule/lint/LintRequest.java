package io.bootgate.rule.lint;

import io.bootgate.deployment.Deployment;
import io.bootgate.server.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What the configuration says that the sources don't. */
public record LintRequest(Build build, Run run, Optional<Deployment> deployment, Optional<String> deploymentContainer) {

    /** A folder with a Dockerfile and no configuration. */
    public static final LintRequest DEFAULT =
            new LintRequest(Build.DEFAULT, Run.DEFAULT, Optional.empty(), Optional.empty());

    /**
     * How the image is built.
     *
     * @param dockerfile path from the project's folder; empty if there is none to be read
     * @param context path from the project's folder, an empty string for itself
     * @param args build arguments
     */
    public record Build(
            Optional<String> dockerfile,
            String context,
            Map<String, String> args,
            Optional<String> target,
            Optional<String> platform) {
        public static final Build DEFAULT =
                new Build(Optional.of("Dockerfile"), "", Map.of(), Optional.empty(), Optional.empty());

        public Build {
            args = Map.copyOf(args);
        }
    }

    /**
     * How its container is run.
     *
     * @param env variables that are set on top of the image's
     * @param requiredEnv names of variables that the user says must have a value
     * @param port that must be served; empty if the image tells
     */
    public record Run(
            Map<String, String> env,
            Set<String> requiredEnv,
            Optional<List<String>> entrypoint,
            Optional<List<String>> command,
            Optional<String> user,
            Optional<String> workdir,
            OptionalInt port,
            boolean readOnly,
            List<String> tmpfs,
            Map<String, String> sysctls,
            OptionalLong milliCpus,
            OptionalLong memoryBytes,
            Optional<Server> server) {
        public static final Run DEFAULT = new Run(
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                List.of(),
                Map.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty());

        public Run {
            env = Map.copyOf(env);
            requiredEnv = Set.copyOf(requiredEnv);
            tmpfs = List.copyOf(tmpfs);
            sysctls = Map.copyOf(sysctls);
        }
    }

    /** The same with other build settings. */
    public LintRequest with(Build other) {
        return new LintRequest(other, run, deployment, deploymentContainer);
    }

    /** The same with other settings of the container. */
    public LintRequest with(Run other) {
        return new LintRequest(build, other, deployment, deploymentContainer);
    }
}
