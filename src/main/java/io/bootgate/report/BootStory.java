package io.bootgate.report;

import io.bootgate.gate.GateResult;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a boot went, in half a sentence each: server, address, answer, workers, memory, end. */
final class BootStory {
    private static final Duration WORTH_TELLING = Duration.ofMillis(100);

    private BootStory() {}

    static String howFast(GateResult result) {
        return result.image().reference()
                + result.timings()
                        .map(timings -> " in " + seconds(timings.verdict()))
                        .orElse("");
    }

    static String of(GateResult result) {
        List<String> told = new ArrayList<>();
        if (!result.isReady()) {
            told.add(result.image().reference());
        }
        told.add((result.engine().name() + " " + result.engine().version()).strip());
        if (result.verdict().isEmpty()) {
            told.add("not booted");
        } else {
            told.add((result.server().name() + " " + result.server().version()).strip());
            bound(result).ifPresent(told::add);
            answered(result).ifPresent(told::add);
            workers(result.server()).ifPresent(told::add);
            memory(result.container()).ifPresent(told::add);
            processors(result.container()).ifPresent(told::add);
            result.container().exitCode().ifPresent(code -> told.add("exit code " + code));
            if (!result.isReady()) {
                result.timings().ifPresent(timings -> told.add("decided after " + seconds(timings.decided())));
            }
        }
        told.removeIf(String::isEmpty);
        return String.join(", ", told);
    }

    private static Optional<String> bound(GateResult result) {
        List<String> addresses = result.server().boundTo();
        String when = result.timings()
                .flatMap(GateResult.Timings::bound)
                .map(bound -> " after " + seconds(bound))
                .orElse("");
        return addresses.isEmpty() ? Optional.empty() : Optional.of("bound to " + String.join(", ", addresses) + when);
    }

    private static Optional<String> answered(GateResult result) {
        Optional<String> answer = result.timeline()
                .last(ProbeAnswered.class)
                .map(last -> "answered " + last.status() + " in " + last.took().toMillis() + " ms");
        return answer.isPresent() || result.isReady() ? answer : Optional.of("no HTTP answer");
    }

    private static Optional<String> workers(GateResult.Server server) {
        if (server.workersBooted() == 0) {
            return Optional.empty();
        }
        String booted = server.workersBooted() == 1 ? "1 worker" : server.workersBooted() + " workers";
        return Optional.of(server.workersLost() == 0 ? booted : booted + " (" + server.workersLost() + " lost)");
    }

    private static Optional<String> memory(GateResult.Container container) {
        if (container.peakMemoryBytes().isEmpty()) {
            return Optional.empty();
        }
        String peak = "peak memory " + mebibytes(container.peakMemoryBytes().getAsLong());
        return Optional.of(
                container.memoryLimitBytes().isEmpty()
                        ? peak
                        : peak + " of " + mebibytes(container.memoryLimitBytes().getAsLong()));
    }

    private static Optional<String> processors(GateResult.Container container) {
        return container.cpu().map(used -> {
            List<String> limits = new ArrayList<>();
            container.milliCpus().ifPresent(thousandths -> limits.add("limit " + cpus(thousandths)));
            container
                    .throttled()
                    .filter(lost -> lost.compareTo(WORTH_TELLING) >= 0)
                    .ifPresent(lost -> limits.add("throttled for " + seconds(lost)));
            return seconds(used) + " of CPU" + (limits.isEmpty() ? "" : " (" + String.join(", ", limits) + ")");
        });
    }

    private static String cpus(long thousandths) {
        String number = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
        return number + (thousandths == 1000 ? " CPU" : " CPUs");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / 1024.0 / 1024.0);
    }
}
