package io.bootgate.casebook;

import io.bootgate.autopsy.Examination;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.gate.Gate;
import io.bootgate.gate.GateResult;
import io.bootgate.report.TimelineFile;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Boots cases through the gate, some side by side, and holds what it said against what it should say. */
final class CasebookRun {
    private static final int SIDE_BY_SIDE = 4;

    private final CaseImages images;
    private final Gate gate;
    private final Path output;

    CasebookRun(DockerEngine engine, String python, Path output) {
        this.images = new CaseImages(engine.connection().client(), python);
        this.gate = new Gate(engine, Silence.INSTANCE);
        this.output = output;
    }

    List<Reading> of(List<Case> cases) {
        ExecutorService side = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<Reading>> readings =
                    cases.stream().map(one -> side.submit(() -> read(one))).toList();
            return readings.stream().map(CasebookRun::get).toList();
        } finally {
            side.shutdownNow();
        }
    }

    /** What the gate says of each, examined in this way. */
    List<GateResult> results(List<Case> cases, Examination examination) {
        ExecutorService side = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Future<GateResult>> results = cases.stream()
                    .map(one -> side.submit(() -> gate.run(one.request(images.of(one), output.resolve(one.name()))
                            .with(examination))))
                    .toList();
            return results.stream().map(CasebookRun::get).toList();
        } finally {
            side.shutdownNow();
        }
    }

    private Reading read(Case one) throws IOException {
        String image = images.of(one);
        Path folder = output.resolve(one.name());
        GateResult result;
        try {
            result = gate.run(one.request(image, folder));
            if (one.isHealthy() && !result.isReady() && !result.timeline().has(ProbeAnswered.class)) {
                // Seen once: two containers at a time that stood still for a minute, server and all. The verdict on
                // those was right.
                System.out.println(one.name() + " never answered: its container is booted once more");
                result = gate.run(one.request(image, folder));
            }
        } catch (EngineException e) {
            return Reading.withoutVerdict(one, String.valueOf(e.getMessage()));
        }
        TimelineFile.write(folder.resolve(TimelineFile.name(one.name())), result.timeline());
        return Reading.of(one, result);
    }

    private static <T> T get(Future<T> reading) {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
