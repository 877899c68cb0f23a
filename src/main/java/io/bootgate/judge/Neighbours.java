package io.bootgate.judge;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.NeighbourEnded;
import io.bootgate.timeline.BootEvent.NeighbourSettled;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The containers beside: which of them hold, and which ended. */
record Neighbours(Set<String> settled, TreeSet<NeighbourEnded> ended) {
    static final Neighbours NONE = new Neighbours(
            Set.of(), new TreeSet<>(Comparator.comparing(NeighbourEnded::at).thenComparing(NeighbourEnded::toString)));

    Neighbours with(BootEvent event) {
        if (event instanceof NeighbourSettled settling) {
            Set<String> more = new TreeSet<>(settled);
            more.add(settling.name());
            return new Neighbours(more, ended);
        }
        TreeSet<NeighbourEnded> more = new TreeSet<>(ended);
        more.add((NeighbourEnded) event);
        return new Neighbours(settled, more);
    }

    Optional<NeighbourEnded> lost() {
        return ended.stream().filter(NeighbourEnded::lost).findFirst();
    }

    /** Whether nothing more is to be waited for. */
    boolean isSettled(String name) {
        return settled.contains(name)
                || ended.stream().anyMatch(end -> end.name().equals(name));
    }
}
