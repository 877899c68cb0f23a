package io.bootgate.judge;

import io.bootgate.timeline.BootEvent.PlatformProbed;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What came of asking as the platform does. */
record PlatformProbes(TreeSet<PlatformProbed> answers) {
    static final PlatformProbes NONE = new PlatformProbes(
            new TreeSet<>(Comparator.comparing(PlatformProbed::at).thenComparing(PlatformProbed::toString)));

    PlatformProbes with(PlatformProbed answer) {
        TreeSet<PlatformProbed> more = new TreeSet<>(answers);
        more.add(answer);
        return new PlatformProbes(more);
    }

    Optional<Duration> firstPass(String kind) {
        return answers.stream()
                .filter(answer -> answer.kind().equals(kind) && answer.passed())
                .map(PlatformProbed::at)
                .findFirst();
    }

    /** Those of this kind since it last passed. */
    List<PlatformProbed> failures(String kind) {
        List<PlatformProbed> own =
                answers.stream().filter(answer -> answer.kind().equals(kind)).toList();
        int last = -1;
        for (int i = 0; i < own.size(); i++) {
            last = own.get(i).passed() ? i : last;
        }
        return own.subList(last + 1, own.size());
    }
}
