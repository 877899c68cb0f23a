package io.bootgate.gate;

import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.EngineInfo;
import io.bootgate.engine.HostPortTakenException;
import io.bootgate.engine.ImageFacts;
import io.bootgate.environment.Missing;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.SourceFiles;
import io.bootgate.judge.Verdict;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Ready;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.cause.BuildFailed;
import io.bootgate.rule.cause.Diagnosis;
import io.bootgate.rule.cause.Symptoms;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.EngineSeen;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.Timeline;
import io.bootgate.watch.Besides;
import io.bootgate.watch.Inventory;
import io.bootgate.watch.Watch;
import io.bootgate.watch.Watched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Builds, boots, judges and diagnoses one image: the whole story. */
public final class Gate {
    /** A server that names a port nobody published is booted again with it; more than once would be a server that changes its mind. */
    private static final int MOST_BOOTS = 3;

    private static final int MOST_PORTS = 10;

    private final ContainerEngine engine;
    private final GateLog log;

    public Gate(ContainerEngine engine, GateLog log) {
        this.engine = engine;
        this.log = log;
    }

    /**
     * Boots an image that is built first.
     *
     * @throws io.bootgate.engine.EngineException if the engine fails
     * @throws io.bootgate.image.ImageBuildException if the build can't be tried
     */
    public GateResult run(GateRequest request, ImageBuilder builder) {
        BuildOutcome outcome = builder.build(log.build());
        if (outcome instanceof Failed failed) {
            return notBuilt(request, failed, told(engine.info())).deployedBy(described(request));
        }
        Built built = (Built) outcome;
        ImageFacts image = engine.image(built.reference())
                .orElseThrow(() -> new EngineException(
                        "The image %s was built, but the engine does not have it. Was it removed in the meantime?"
                                .formatted(built.reference())));
        GateResult.Image told = new GateResult.Image(
                built.reference(),
                Optional.of(built.id()),
                built.digest().or(image::digest),
                built.builder(),
                Optional.of(built.took()));
        return boot(request, image, told, built.sources()).deployedBy(described(request));
    }

    /** Builds and boots nothing; a result only if the build failed. */
    public Optional<GateResult> build(GateRequest request, ImageBuilder builder) {
        return builder.build(log.build()) instanceof Failed failed
                ? Optional.of(notBuilt(request, failed, told(engine.info())))
                : Optional.empty();
    }

    /** The same for a builder that needs no engine. */
    public static Optional<GateResult> buildAlone(GateRequest request, ImageBuilder builder, GateLog log) {
        return builder.build(log.build()) instanceof Failed failed
                ? Optional.of(notBuilt(request, failed, new GateResult.Engine("none", "", "")))
                : Optional.empty();
    }

    /** Boots an image that is there, or is pulled if it is not. */
    public GateResult run(GateRequest request) {
        String reference = request.container().image();
        Optional<ImageFacts> present = engine.image(reference);
        if (present.isEmpty()) {
            log.info("Pulling " + reference);
            engine.pull(reference, request.container().platform(), log::debug);
            present = engine.image(reference);
        }
        ImageFacts image = present.orElseThrow(() ->
                new EngineException("The image %s was pulled, but the engine does not have it.".formatted(reference)));
        GateResult.Image told =
                new GateResult.Image(reference, Optional.of(image.id()), image.digest(), "none", Optional.empty());
        return boot(request, image, told, SourceFiles.UNKNOWN).deployedBy(described(request));
    }

    private GateResult boot(GateRequest request, ImageFacts image, GateResult.Image told, SourceFiles sources) {
        checkRequired(request, image);
        GateResult first = bootOnce(request, image, told, sources);
        // Without those beside it and its volumes it would end of something else.
        boolean alone = request.deployed().map(DeployedService::isAlone).orElse(true);
        GateResult looked = !alone
                ? first
                : new SecondLook(engine, log, request, image).at(first, new Places(sources, request.baseDirectory()));
        return new ResourceAdvice(request, engine, trial -> bootOnce(trial, image, told, sources), log).on(looked);
    }

    private GateResult bootOnce(GateRequest request, ImageFacts image, GateResult.Image told, SourceFiles sources) {
        Secrets secrets = Secrets.of(request, image);
        StartPlan plan = StartPlan.of(request, image);
        Set<Integer> ports = new TreeSet<>(plan.ports());
        EngineInfo info = engine.info();
        Neighbourhoods around = Neighbourhoods.of(engine, log, request, image, secrets);
        log.info("Booting %s on %s %s".formatted(told.reference(), info.name(), info.version()));
        int portsLost = 0;
        for (int boots = 1; ; boots++) {
            try (Neighbourhoods.One beside = around.next();
                    Container container = engine.create(beside.placed(
                            StartPlan.settled(request.container(), image).withPorts(ports)));
                    Neighbourhoods.Others others = beside.others()) {
                beside.complete(container);
                StartPlan read = plan.read(container);
                if (!ports.containsAll(read.ports()) && boots == 1) {
                    plan = read;
                    ports.addAll(read.ports());
                    continue;
                }
                List<BootEvent> before = new ArrayList<>();
                before.add(new EngineSeen(Duration.ZERO, info.name(), info.version()));
                before.addAll(read.seen(container));
                before.addAll(beside.hidden());
                Optional<Neighbourhood.Obstacle> obstacle = beside.prepare();
                if (obstacle.isPresent()) {
                    Watched watched = obstacle.get().watched();
                    return judged(request, told, sources, secrets, watched.failed(), beside.causes(obstacle.get()))
                            .logged(obstacle.get().log(request.name()));
                }
                Watched watched = watch(request, container, read, before, secrets, beside, others);
                OptionalInt unpublished = watched.unpublishedPort();
                if (unpublished.isPresent() && boots < MOST_BOOTS && ports.add(unpublished.getAsInt())) {
                    log.debug("Booting again with port %d published".formatted(unpublished.getAsInt()));
                    continue;
                }
                return judged(request, told, sources, secrets, watched, beside.causes(watched));
            } catch (HostPortTakenException e) {
                if (++portsLost == MOST_PORTS) {
                    throw e;
                }
                log.debug("Booting again: " + e.getMessage());
            }
        }
    }

    private static void checkRequired(GateRequest request, ImageFacts image) {
        List<Missing> missing = request.requiredOfImage().stream()
                .filter(name -> image.env().getOrDefault(name, "").isBlank())
                .sorted()
                .map(name -> new Missing(
                        name,
                        Optional.of("the image " + image.reference())
                                .filter(at -> image.env().containsKey(name)),
                        List.of("<requiredEnv>"),
                        false))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(Missing.told(missing, "Nothing was booted", Set.of()));
        }
    }

    private Watched watch(
            GateRequest request,
            Container container,
            StartPlan plan,
            List<BootEvent> before,
            Secrets secrets,
            Neighbourhoods.One beside,
            Besides others) {
        Path file = request.outputDirectory().resolve(request.name() + ".log");
        try {
            Files.createDirectories(request.outputDirectory());
            try (Writer writer = Files.newBufferedWriter(file)) {
                Watch watch = new Watch(
                        engine,
                        container,
                        beside.completed(plan.boot(engine.info())),
                        request.policy(),
                        request.probe(),
                        plan.server().reader(plan.command(), plan.scripts()),
                        secrets::mask,
                        writer);
                return watch.run(before, others);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The log %s can't be written".formatted(file), e);
        }
    }

    private GateResult judged(
            GateRequest request,
            GateResult.Image image,
            SourceFiles sources,
            Secrets secrets,
            Watched watched,
            List<Finding> ofOthers) {
        Verdict verdict = watched.verdict();
        Timeline timeline = withDistributions(request.container(), watched);
        Summary summary = new Summary(timeline);
        Places places = new Places(sources, request.baseDirectory());
        List<Finding> causes = verdict instanceof NotReady no
                ? Stream.concat(own(timeline, no, ofOthers), ofOthers.stream())
                        .map(places::locate)
                        .map(finding -> masked(finding, secrets))
                        .toList()
                : List.of();
        return new GateResult(
                request.name(),
                image,
                told(engine.info()),
                Optional.of(verdict),
                causes,
                verdict instanceof Ready ready ? ready.warnings() : List.of(),
                summary.server(),
                summary.container(
                        timeline.first(Exited.class).map(Exited::outOfMemory).orElse(false)
                                || timeline.has(BootEvent.OutOfMemory.class)),
                Optional.of(new GateResult.Timings(
                        summary.bound(),
                        summary.answered(
                                request.policy().lowestStatus(),
                                request.policy().highestStatus()),
                        verdict.at(),
                        watched.said())),
                Optional.of(request.name() + ".log"),
                timeline);
    }

    /** Who clashes with whom only the image's own metadata tells; asking costs a second container, so it is asked only then. */
    private Timeline withDistributions(ContainerSpec container, Watched watched) {
        Timeline timeline = watched.timeline();
        return watched.verdict() instanceof NotReady no && Diagnosis.isOfDistributions(new Symptoms(timeline, no))
                ? new Inventory(engine, container)
                        .take(timeline)
                        .map(timeline::with)
                        .orElse(timeline)
                : timeline;
    }

    /** Nothing is wrong with the one under test where it was never started, or only another is lost. */
    private static Stream<Finding> own(Timeline timeline, NotReady verdict, List<Finding> ofOthers) {
        return verdict.reason() == Verdict.Reason.NEIGHBOUR_LOST && !ofOthers.isEmpty()
                ? Stream.empty()
                : Diagnosis.of(new Symptoms(timeline, verdict)).stream();
    }

    private static GateResult notBuilt(GateRequest request, Failed failed, GateResult.Engine engine) {
        Secrets secrets =
                Secrets.named(request.secretEnv()).with(request.container().env());
        return new GateResult(
                request.name(),
                new GateResult.Image(
                        request.container().image(),
                        Optional.empty(),
                        Optional.empty(),
                        failed.builder(),
                        Optional.of(failed.took())),
                engine,
                Optional.empty(),
                List.of(masked(
                        BuildFailed.of(
                                failed.file(),
                                failed.line(),
                                failed.instruction(),
                                failed.reason(),
                                failed.fix(),
                                failed.output()),
                        secrets)),
                List.of(),
                new GateResult.Server("unknown", "", Optional.empty(), 0, 0, List.of()),
                new GateResult.Container(
                        OptionalInt.empty(), false, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                Optional.empty(),
                Optional.empty(),
                Timeline.of());
    }

    /** What was read in the log is masked already; fix and place may quote the user's own source. */
    static Finding masked(Finding finding, Secrets secrets) {
        return new Finding(
                finding.id(),
                finding.title(),
                finding.severity(),
                secrets.mask(finding.detail()),
                finding.evidence().stream()
                        .map(seen -> new Evidence(seen.source(), seen.line(), seen.at(), secrets.mask(seen.text())))
                        .toList(),
                finding.location()
                        .map(place -> new Location(
                                place.path(),
                                place.line(),
                                place.inImage(),
                                place.text().map(secrets::mask))),
                secrets.mask(finding.fix()),
                finding.certainty(),
                finding.confirmed());
    }

    private static Optional<GateResult.Described> described(GateRequest request) {
        return request.deployed()
                .map(service -> new GateResult.Described(service.described(), List.copyOf(request.secretEnv())));
    }

    private static GateResult.Engine told(EngineInfo info) {
        return new GateResult.Engine(info.name(), info.version(), info.api());
    }
}
