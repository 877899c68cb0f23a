package io.bootgate.report;

import io.bootgate.gate.GateResult;
import io.bootgate.judge.Verdict;
import io.bootgate.resource.MemorySearch;
import io.bootgate.resource.Trial;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Results as the gate gives them. */
public final class Results {
    private static final GateResult.Engine ENGINE = new GateResult.Engine("Docker Engine", "20.10.24", "1.41");

    private Results() {}

    public static GateResult ready(String... warnings) {
        return new GateResult(
                "orders",
                new GateResult.Image(
                        "acme/orders:1",
                        Optional.of("sha256:4f1e"),
                        Optional.empty(),
                        "docker",
                        Optional.of(Duration.ofMillis(812))),
                ENGINE,
                Optional.of(new Verdict.Ready(Duration.ofMillis(2612), List.of(warnings))),
                List.of(),
                List.of(warnings),
                new GateResult.Server("gunicorn", "23.0.0", Optional.of("sync"), 2, 0, List.of("http://0.0.0.0:8000")),
                new GateResult.Container(
                        OptionalInt.empty(),
                        false,
                        OptionalLong.of(41L << 20),
                        OptionalLong.of(1000),
                        OptionalLong.of(512L << 20),
                        Optional.of(Duration.ofMillis(740)),
                        Optional.of(Duration.ofMillis(210)),
                        Optional.of(MemorySearch.afterTightBoot(512L << 20, 8L << 30)
                                .with(new Trial(1L << 30, Trial.Outcome.READY, OptionalLong.of(43L << 20), 2, "")))),
                Optional.of(new GateResult.Timings(
                        Optional.of(Duration.ofMillis(301)),
                        Optional.of(Duration.ofMillis(612)),
                        Duration.ofMillis(2612),
                        Duration.ofMillis(2640))),
                Optional.of("orders.log"),
                Timeline.of(new ProbeAnswered(Duration.ofMillis(612), 8000, 404, "gunicorn", Duration.ofMillis(7))));
    }

    public static final Finding MISSING_MODULE = new Finding(
            "MISSING_MODULE",
            "A module is missing from the image",
            Severity.ERROR,
            "No module named 'requests'",
            List.of(new Evidence(
                    "stderr", 23, Duration.ofMillis(412), "ModuleNotFoundError: No module named 'requests'")),
            Optional.of(new Location(
                    Optional.of("src/app.py"),
                    OptionalInt.of(2),
                    Optional.of("/app/app.py"),
                    Optional.of("import requests"))),
            "Add requests to requirements.txt",
            Certainty.CERTAIN);

    public static final Finding EXITED = new Finding(
            "EXITED",
            "The container ended early",
            Severity.ERROR,
            "The container ended with exit code 3",
            List.of(new Evidence("engine", 0, Duration.ofMillis(433), "exit code 3")),
            Optional.empty(),
            "See the cause above",
            Certainty.CERTAIN);

    public static GateResult notReady(Finding... causes) {
        return notReady(
                new Verdict.NotReady(Duration.ofMillis(433), Verdict.Reason.EXITED, List.of("an HTTP answer")),
                List.of(),
                causes);
    }

    public static GateResult notReady(Verdict.NotReady verdict, List<String> log, Finding... causes) {
        List<Logged> lines = new ArrayList<>();
        for (String text : log) {
            lines.add(new Logged(Duration.ofMillis(400), lines.size() + 1, Stream.STDERR, text));
        }
        return new GateResult(
                "orders",
                new GateResult.Image(
                        "acme/orders:1",
                        Optional.of("sha256:4f1e"),
                        Optional.empty(),
                        "docker",
                        Optional.of(Duration.ofMillis(812))),
                ENGINE,
                Optional.of(verdict),
                List.of(causes),
                List.of(),
                new GateResult.Server("gunicorn", "20.1.0", Optional.of("sync"), 1, 1, List.of("http://0.0.0.0:8000")),
                new GateResult.Container(
                        OptionalInt.of(3),
                        false,
                        OptionalLong.of(41200000),
                        OptionalLong.of(1000),
                        OptionalLong.of(1610612736)),
                Optional.of(new GateResult.Timings(
                        Optional.of(Duration.ofMillis(301)),
                        Optional.empty(),
                        Duration.ofMillis(433),
                        Duration.ofMillis(690))),
                Optional.of("orders.log"),
                new Timeline(new ArrayList<>(lines)));
    }

    public static GateResult notBuilt() {
        return new GateResult(
                "orders",
                new GateResult.Image("acme/orders:1", Optional.empty(), Optional.empty(), "docker", Optional.empty()),
                ENGINE,
                Optional.empty(),
                List.of(new Finding(
                        "BUILD_FAILED",
                        "The image could not be built",
                        Severity.ERROR,
                        "RUN pip install -r requirements.txt ended with 1",
                        List.of(
                                new Evidence(
                                        "build", 0, Duration.ZERO, "ERROR: No matching distribution found for flsk"),
                                new Evidence("build", 0, Duration.ZERO, "ended with exit code 1")),
                        Optional.of(new Location(
                                Optional.of("Dockerfile"),
                                OptionalInt.of(4),
                                Optional.empty(),
                                Optional.of("RUN pip install -r requirements.txt"))),
                        "Correct the requirement: flsk",
                        Certainty.CERTAIN)),
                List.of(),
                new GateResult.Server("unknown", "", Optional.empty(), 0, 0, List.of()),
                new GateResult.Container(
                        OptionalInt.empty(), false, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                Optional.empty(),
                Optional.empty(),
                new Timeline(List.of()));
    }
}
