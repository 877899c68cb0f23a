package io.bootgate.judge;

import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ProbeFailed;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The answers that probes got.
 *
 * @param answers all of them, by time
 * @param failures those since the first answer; before it only the latest is kept
 */
record Probes(TreeSet<ProbeAnswered> answers, TreeSet<ProbeFailed> failures) {

    private static final Comparator<ProbeAnswered> ANSWERS =
            Comparator.comparing(ProbeAnswered::at).thenComparing(ProbeAnswered::toString);
    private static final Comparator<ProbeFailed> FAILURES =
            Comparator.comparing(ProbeFailed::at).thenComparing(ProbeFailed::toString);

    static final Probes NONE = new Probes(new TreeSet<>(ANSWERS), new TreeSet<>(FAILURES));

    Probes with(ProbeAnswered answer) {
        TreeSet<ProbeAnswered> more = new TreeSet<>(answers);
        more.add(answer);
        return new Probes(more, failures);
    }

    Probes with(ProbeFailed failure) {
        if (answers.isEmpty()) {
            // Thousands of these while a server starts; only the latest can matter.
            TreeSet<ProbeFailed> latest = new TreeSet<>(failures);
            latest.add(failure);
            return new Probes(answers, new TreeSet<>(latest.tailSet(latest.last())));
        }
        TreeSet<ProbeFailed> more = new TreeSet<>(failures);
        more.add(failure);
        return new Probes(answers, more);
    }

    Optional<ProbeAnswered> lastAnswer() {
        return answers.isEmpty() ? Optional.empty() : Optional.of(answers.last());
    }
}
