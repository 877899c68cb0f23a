package io.bootgate.timeline;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was settled about a container before it was started: everything the judge and the rules need to know of image and
 * configuration, so that a recorded timeline can be judged and explained without either.
 *
 * @param image reference of the image as the user wrote it
 * @param command the whole command line: entry point, then arguments, after any override by the gate
 * @param workdir working directory of the main process, {@code /} if the image names none
 * @param user user as written in image or configuration, empty string if none
 * @param envNames names of the variables that the container gets, without the values
 * @param exposedPorts TCP ports that the image EXPOSEs
 * @param expectedPort the TCP port that must be served: {@code <port>}, else the single EXPOSE; empty if only the
 *     server's bind line can tell
 * @param server configured or detected server: {@code gunicorn}, {@code uvicorn}, ..., {@code none} if the user said that
 *     there is none to recognise, {@code unknown} if detection found nothing in the command
 * @param healthcheck the image's HEALTHCHECK as an argument list ready to be run, empty list if it has none
 * @param imageArchitecture architecture in the image's config ({@code amd64}, {@code arm64}, ...), empty string if unknown
 * @param engineArchitecture architecture of the engine's machine in the same spelling, empty string if unknown
 * @param memoryLimitBytes memory limit, empty if none
 * @param milliCpus CPU quota in thousandths of a CPU, empty if none
 * @param pidsLimit limit on the number of processes, empty if none
 * @param readOnly whether the root file system is mounted read-only
 * @param group what it is deployed with
 */
public record Boot(
        String image,
        List<String> command,
        String workdir,
        String user,
        Set<String> envNames,
        List<Integer> exposedPorts,
        OptionalInt expectedPort,
        String server,
        List<String> healthcheck,
        String imageArchitecture,
        String engineArchitecture,
        OptionalLong memoryLimitBytes,
        OptionalLong milliCpus,
        OptionalLong pidsLimit,
        boolean readOnly,
        @Nullable Group group) {

    public Boot {
        command = List.copyOf(command);
        envNames = Set.copyOf(envNames);
        exposedPorts = List.copyOf(exposedPorts);
        healthcheck = List.copyOf(healthcheck);
        // Timelines that were written before there were groups have none.
        group = group == null ? Group.NONE : group;
    }

    /** A container by itself. */
    public Boot(
            String image,
            List<String> command,
            String workdir,
            String user,
            Set<String> envNames,
            List<Integer> exposedPorts,
            OptionalInt expectedPort,
            String server,
            List<String> healthcheck,
            String imageArchitecture,
            String engineArchitecture,
            OptionalLong memoryLimitBytes,
            OptionalLong milliCpus,
            OptionalLong pidsLimit,
            boolean readOnly) {
        this(
                image,
                command,
                workdir,
                user,
                envNames,
                exposedPorts,
                expectedPort,
                server,
                healthcheck,
                imageArchitecture,
                engineArchitecture,
                memoryLimitBytes,
                milliCpus,
                pidsLimit,
                readOnly,
                Group.NONE);
    }

    /** The same with what it is deployed with. */
    public Boot with(Group other) {
        return new Boot(
                image,
                command,
                workdir,
                user,
                envNames,
                exposedPorts,
                expectedPort,
                server,
                healthcheck,
                imageArchitecture,
                engineArchitecture,
                memoryLimitBytes,
                milliCpus,
                pidsLimit,
                readOnly,
                other);
    }

    /** The same with another health check. */
    public Boot withHealthcheck(List<String> test) {
        return new Boot(
                image,
                command,
                workdir,
                user,
                envNames,
                exposedPorts,
                expectedPort,
                server,
                test,
                imageArchitecture,
                engineArchitecture,
                memoryLimitBytes,
                milliCpus,
                pidsLimit,
                readOnly,
                group);
    }

    /** What it is deployed with. */
    @Override
    public Group group() {
        return group == null ? Group.NONE : group;
    }

    /** A boot of which nothing but the server is known: what a log from elsewhere tells. */
    public static Boot unknown(String server) {
        return new Boot(
                "",
                List.of(),
                "/",
                "",
                Set.of(),
                List.of(),
                OptionalInt.empty(),
                server,
                List.of(),
                "",
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false);
    }

    /** The command line as one string, for messages. */
    public Optional<String> commandLine() {
        return command.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", command));
    }
}
