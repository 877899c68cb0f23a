package io.bootgate.resource;

import io.bootgate.resource.Trial.Outcome;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a search for memory found, in words.
 *
 * @param from where the limit is set: {@code <limits><memory>}, {@code deploy/aci.yaml:22}
 * @param load of the boot that was ready, with the limit that is deployed
 */
public record MemoryAdvice(MemorySearch search, String from, Optional<WorkerLoad> load) {

    /** For a boot that was killed: a sentence for the detail; empty if nothing was tried. */
    public Optional<String> detail() {
        if (search.trials().isEmpty()) {
            return Optional.empty();
        }
        String given = "%s gives %s".formatted(subject(), Amount.memory(search.firstLimit()));
        return search.smallest()
                .map(ready -> "It boots with %s%s; %s.%s"
                        .formatted(Amount.memory(ready.limitBytes()), peak(ready.peakBytes()), given, workers()))
                .or(() -> Optional.of(
                        last().outcome() == Outcome.OTHER
                                ? "With %s it is not killed for memory%s, but is not ready for another reason: %s"
                                        .formatted(
                                                Amount.memory(last().limitBytes()),
                                                peak(last().peakBytes()),
                                                last().why())
                                : notEnough()));
    }

    private String notEnough() {
        String with = "It was killed for memory with %s as well".formatted(Amount.memory(last().limitBytes()));
        return search.next().isEmpty() && search.trials().size() < MemorySearch.MOST_TRIALS
                ? with + ", and more is not tried: it needs a lot, or its memory grows without end."
                : with + ": it needs a lot, or its memory grows without end.";
    }

    /** For the same: what to change; empty if the search did not find it. */
    public Optional<String> fix() {
        return search.smallest().map(ready -> {
            String limit = from.startsWith("<")
                    ? "Raise the limit, here and where it is deployed: <limits><memory>%dm</memory></limits>"
                            .formatted(ready.limitBytes() >> 20)
                    : "Raise the memory limit in %s to %s".formatted(from, Amount.memory(ready.limitBytes()));
            OptionalInt fitting = load.map(WorkerLoad::fitting).orElseGet(OptionalInt::empty);
            return fitting.isPresent()
                    ? "%s; or start at most %d %s. %s"
                            .formatted(
                                    limit,
                                    fitting.getAsInt(),
                                    fitting.getAsInt() == 1 ? "worker" : "workers",
                                    load.get().remedy(fitting.getAsInt()))
                    : limit + "; or load less at start. Requests need memory on top.";
        });
    }

    /** For a boot that was ready, and used nearly all of its limit. */
    public String warning(long peakBytes) {
        String used = "The boot used %s of the %s that %s gives (%d %%)"
                .formatted(
                        Amount.memory(peakBytes),
                        Amount.memory(search.firstLimit()),
                        from,
                        Math.min(100, peakBytes * 100 / search.firstLimit()));
        String shared = load.flatMap(WorkerLoad::each).map(each -> ": " + each).orElse("");
        String without = search.trials().stream()
                .filter(Trial::isReady)
                .filter(trial -> trial.peakBytes().isPresent())
                .findFirst()
                .map(trial -> " With %s it uses %s."
                        .formatted(
                                Amount.memory(trial.limitBytes()),
                                Amount.memory(trial.peakBytes().orElse(0))))
                .orElse("");
        return used + shared + "." + without + " Requests need memory on top: raise the limit, or start fewer workers.";
    }

    private String workers() {
        return load.flatMap(WorkerLoad::each)
                .map(each -> " They are " + each + ".")
                .orElse("");
    }

    private String subject() {
        return from.startsWith("<") ? from : "the descriptor (" + from + ")";
    }

    private Trial last() {
        return search.trials().get(search.trials().size() - 1);
    }

    private static String peak(OptionalLong bytes) {
        return bytes.isPresent() ? ", peak " + Amount.memory(bytes.getAsLong()) : "";
    }
}
