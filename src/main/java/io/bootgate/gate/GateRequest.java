package io.bootgate.gate;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.judge.Policy;
import io.bootgate.server.Server;
import io.bootgate.watch.ProbePlan;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One image to be gated.
 *
 * @param name short name of the service, used for files ({@code orders.log}) and messages
 * @param container image and everything about its container but the ports, which the gate settles itself
 * @param port the port that must be served; empty if image or server tell it
 * @param server empty to detect it
 * @param secretEnv names or patterns ({@code *} is any text) of variables whose values are masked, beside the names that
 *     are secret by default
 * @param requiredOfImage variables that must have a value and that only the image itself can give, or nothing is booted
 * @param baseDirectory of the project; places in the source are told relative to it
 * @param outputDirectory where log and timeline are written; made if absent
 * @param deployed how it is deployed, and with whom; empty without a descriptor
 * @param examination whether a second boot looks for more
 * @param memoryLimit what is known of the container's memory limit beside its amount; empty if nothing is
 */
public record GateRequest(
        String name,
        ContainerSpec container,
        OptionalInt port,
        Optional<Server> server,
        ProbePlan probe,
        Policy policy,
        Set<String> secretEnv,
        Set<String> requiredOfImage,
        Path baseDirectory,
        Path outputDirectory,
        Optional<DeployedService> deployed,
        Examination examination,
        Optional<MemoryLimit> memoryLimit) {

    /**
     * Where a memory limit comes from.
     *
     * @param from in the user's words: {@code <limits><memory>}, {@code deploy/aci.yaml:22}
     * @param searched whether an image that does not do with it is booted again to find out what it needs
     */
    public record MemoryLimit(String from, boolean searched) {}

    /** An image about whose memory limit nothing is said. */
    public GateRequest(
            String name,
            ContainerSpec container,
            OptionalInt port,
            Optional<Server> server,
            ProbePlan probe,
            Policy policy,
            Set<String> secretEnv,
            Set<String> requiredOfImage,
            Path baseDirectory,
            Path outputDirectory,
            Optional<DeployedService> deployed,
            Examination examination) {
        this(
                name,
                container,
                port,
                server,
                probe,
                policy,
                secretEnv,
                requiredOfImage,
                baseDirectory,
                outputDirectory,
                deployed,
                examination,
                Optional.empty());
    }

    /** The same boot with another memory limit, which writes elsewhere. */
    GateRequest trial(long memoryBytes, Policy judgedBy, Path folder) {
        return new GateRequest(
                name,
                container.withMemory(memoryBytes),
                port,
                server,
                probe,
                judgedBy,
                secretEnv,
                requiredOfImage,
                baseDirectory,
                folder,
                deployed,
                Examination.NONE,
                Optional.empty());
    }

    /** An image that is booted alone, without an autopsy. */
    public GateRequest(
            String name,
            ContainerSpec container,
            OptionalInt port,
            Optional<Server> server,
            ProbePlan probe,
            Policy policy,
            Set<String> secretEnv,
            Set<String> requiredOfImage,
            Path baseDirectory,
            Path outputDirectory) {
        this(
                name,
                container,
                port,
                server,
                probe,
                policy,
                secretEnv,
                requiredOfImage,
                baseDirectory,
                outputDirectory,
                Optional.empty(),
                Examination.NONE);
    }

    /** The same with this examination. */
    public GateRequest with(Examination wanted) {
        return new GateRequest(
                name,
                container,
                port,
                server,
                probe,
                policy,
                secretEnv,
                requiredOfImage,
                baseDirectory,
                outputDirectory,
                deployed,
                wanted,
                memoryLimit);
    }

    /** Nothing but an image, everything else as by default. */
    public static GateRequest ofImage(
            String name, String image, Collection<String> secretEnv, Path baseDirectory, Path outputDirectory) {
        return new GateRequest(
                name,
                ContainerSpec.of(image),
                OptionalInt.empty(),
                Optional.empty(),
                ProbePlan.DEFAULT,
                Policy.DEFAULT,
                Set.copyOf(secretEnv),
                Set.of(),
                baseDirectory,
                outputDirectory);
    }
}
