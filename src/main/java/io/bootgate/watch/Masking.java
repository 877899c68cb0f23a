package io.bootgate.watch;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.HealthChecked;
import io.bootgate.timeline.BootEvent.PlatformProbed;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.function.UnaryOperator;

/** Masks the texts of events that do not come from the log: the log's lines, and so what was read in them, are masked before. */
final class Masking {
    private Masking() {}

    static BootEvent of(BootEvent event, UnaryOperator<String> mask) {
        if (event instanceof StartRefused refused) {
            return new StartRefused(refused.at(), refused.exitCode(), mask.apply(refused.message()));
        }
        if (event instanceof HealthChecked checked) {
            return new HealthChecked(checked.at(), checked.passed(), checked.exitCode(), mask.apply(checked.output()));
        }
        if (event instanceof PlatformProbed probed) {
            return new PlatformProbed(
                    probed.at(), probed.kind(), probed.passed(), mask.apply(probed.outcome()), probed.forGood());
        }
        if (event instanceof ProcessesSeen table) {
            return new ProcessesSeen(
                    table.at(),
                    table.processes().stream()
                            .map(row -> new RunningProcess(row.pid(), row.parent(), mask.apply(row.command())))
                            .toList());
        }
        return event;
    }
}
