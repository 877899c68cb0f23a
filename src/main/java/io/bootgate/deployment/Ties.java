package io.bootgate.deployment;

import io.bootgate.deployment.Deployment.RestartPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a container stands to the others that are deployed with it.
 *
 * @param source what its image is built from, where the descriptor builds it: two with the same text have one image
 * @param restartPolicy its own; empty where it has that of the whole deployment
 * @param needs what must be there before it is started
 * @param aliases further names by which the others find it
 * @param profiles it is deployed with one of these only; empty if it always is
 * @param staysBeside whether this init container goes on while the others run
 * @param pids limit on processes and threads
 */
public record Ties(
        Optional<String> source,
        Optional<RestartPolicy> restartPolicy,
        List<Need> needs,
        List<String> aliases,
        List<String> profiles,
        boolean staysBeside,
        OptionalLong pids) {

    /** Nothing but its place in the list. */
    public static final Ties NONE =
            new Ties(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), false, OptionalLong.empty());

    public Ties {
        needs = List.copyOf(needs);
        aliases = List.copyOf(aliases);
        profiles = List.copyOf(profiles);
    }

    /** The same for an init container that goes on beside the others. */
    public static Ties besides() {
        return new Ties(
                Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), true, OptionalLong.empty());
    }

    /** Another container, and how far it must have come. */
    public record Need(String container, Condition condition) {}

    /** How far a container has come. */
    public enum Condition {
        STARTED,
        HEALTHY,
        COMPLETED
    }
}
