package io.bootgate.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A container to be created.
 *
 * @param name used to make the container's name readable; the adapter adds what makes it unique
 * @param entrypoint replaces the image's, empty if it stays
 * @param command replaces the image's, empty if it stays
 * @param env on top of the image's
 * @param ports TCP ports of the container, each published on 127.0.0.1 on a free port that the engine picks
 * @param milliCpus CPU quota in thousandths of a CPU
 * @param memoryBytes limit without swap
 * @param tmpfs mount points
 * @param network name of an existing network, empty for the engine's default
 * @param aliases further names in that network
 * @param volumes what is mounted
 */
public record ContainerSpec(
        String image,
        String name,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        Map<String, String> env,
        Optional<String> user,
        Optional<String> workdir,
        List<Integer> ports,
        OptionalLong milliCpus,
        OptionalLong memoryBytes,
        OptionalLong pids,
        boolean readOnly,
        List<String> tmpfs,
        Map<String, String> sysctls,
        Optional<String> network,
        Optional<String> platform,
        List<String> aliases,
        List<VolumeMount> volumes) {

    /** A volume of the engine at a path of the container; what the image has there is copied into an empty one if asked for. */
    public record VolumeMount(String volume, String path, boolean readOnly, boolean copyImage) {}

    /** A container by itself, without volumes. */
    public ContainerSpec(
            String image,
            String name,
            Optional<List<String>> entrypoint,
            Optional<List<String>> command,
            Map<String, String> env,
            Optional<String> user,
            Optional<String> workdir,
            List<Integer> ports,
            OptionalLong milliCpus,
            OptionalLong memoryBytes,
            OptionalLong pids,
            boolean readOnly,
            List<String> tmpfs,
            Map<String, String> sysctls,
            Optional<String> network,
            Optional<String> platform) {
        this(
                image,
                name,
                entrypoint,
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                List.of(),
                List.of());
    }

    /** Nothing but an image: everything else as the image says, without limits. */
    public static ContainerSpec of(String image) {
        return new ContainerSpec(
                image,
                "container",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same under another name. */
    public ContainerSpec withName(String other) {
        return new ContainerSpec(
                image,
                other,
                entrypoint,
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                aliases,
                volumes);
    }

    /** The same with these variables instead. */
    public ContainerSpec withEnv(Map<String, String> variables) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                variables,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                aliases,
                volumes);
    }

    /** The same with another program in it, which publishes nothing. */
    public ContainerSpec running(List<String> program) {
        return new ContainerSpec(
                image,
                name,
                Optional.of(List.of(program.get(0))),
                Optional.of(program.subList(1, program.size())),
                env,
                user,
                workdir,
                List.of(),
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform);
    }

    /** The same with this memory limit instead. */
    public ContainerSpec withMemory(long limitBytes) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                OptionalLong.of(limitBytes),
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform);
    }

    /** The same with these ports published instead. */
    public ContainerSpec withPorts(Collection<Integer> published) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                env,
                user,
                workdir,
                List.copyOf(published),
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                aliases,
                volumes);
    }

    /** The same with this entry point instead. */
    public ContainerSpec withEntrypoint(List<String> words) {
        return new ContainerSpec(
                image,
                name,
                Optional.of(words),
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                aliases,
                volumes);
    }

    /** The same in this network, under these further names. */
    public ContainerSpec in(String otherNetwork, List<String> names) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                Optional.of(otherNetwork),
                platform,
                names,
                volumes);
    }

    /** The same with these volumes. */
    public ContainerSpec mounting(List<VolumeMount> mounts) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                env,
                user,
                workdir,
                ports,
                milliCpus,
                memoryBytes,
                pids,
                readOnly,
                tmpfs,
                sysctls,
                network,
                platform,
                aliases,
                mounts);
    }
}
