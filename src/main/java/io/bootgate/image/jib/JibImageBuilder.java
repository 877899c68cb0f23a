package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.ImageStore;
import io.bootgate.image.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lays a Python service into an image: base, dependencies, resources, sources. No Dockerfile, nothing is run. */
public final class JibImageBuilder implements ImageBuilder {
    private final JibBuild build;
    private final JibTarget target;
    private final Optional<ImageStore> engine;
    private final RegistryLogin login;
    private final UnaryOperator<String> mask;

    /**
     * One build.
     *
     * @param engine that the image goes to, or its base may come from; empty where there is none to be used
     * @param mask hides what is secret in a line before anybody sees it
     */
    public JibImageBuilder(
            JibBuild build,
            JibTarget target,
            Optional<ImageStore> engine,
            RegistryLogin login,
            UnaryOperator<String> mask) {
        this.build = build;
        this.target = target;
        this.engine = engine;
        this.login = login;
        this.mask = mask;
    }

    @Override
    public BuildOutcome build(BuildLog log) {
        return target == JibTarget.REGISTRY && build.platforms().size() > 1 ? index(log) : image(log);
    }

    /** An image for each platform, then one name for all of them. */
    private BuildOutcome index(BuildLog log) {
        long started = System.nanoTime();
        if (build.from().startsWith(BaseImage.ENGINE) || build.from().startsWith(BaseImage.TAR)) {
            throw new ImageBuildException(
                    "An image for several platforms (%s) needs a base image of a registry that has them all, but <jib><from> is %s. Example: registry://python:3.12-slim"
                            .formatted(String.join(", ", build.platforms()), build.from()));
        }
        Map<String, String> images = new LinkedHashMap<>();
        Built own = null;
        for (String platform : build.platforms()) {
            String name = taggedFor(platform);
            log.step("Image for " + platform);
            // What an engine has is of its own platform only.
            BuildOutcome outcome =
                    new JibImageBuilder(build.on(platform, name), target, Optional.empty(), login, mask).image(log);
            if (!(outcome instanceof Built built)) {
                return outcome;
            }
            images.put(platform, name.substring(name.lastIndexOf(':') + 1));
            own = own == null ? built : own;
        }
        String digest = new Registries(build.insecureRegistries(), login, log.masked(mask))
                .pushIndex(build.reference(), build.tags(), images);
        Built first = Objects.requireNonNull(own);
        return new Built(
                build.reference(),
                first.id(),
                Optional.of(digest),
                first.builder(),
                Duration.ofNanos(System.nanoTime() - started),
                first.sources());
    }

    private String taggedFor(String platform) {
        String reference = build.reference();
        boolean tagged = reference.lastIndexOf(':') > reference.lastIndexOf('/');
        return (tagged ? reference : reference + ":latest") + "-" + platform.replace('/', '-');
    }

    private BuildOutcome image(BuildLog log) {
        long started = System.nanoTime();
        BuildLog masked = log.masked(mask);
        JibRun jib = new JibRun(build, masked);
        AppFiles files = AppFiles.of(build);
        RegistryAccess registries = new RegistryAccess(build.insecureRegistries(), login, masked);
        BaseImage base = BaseImage.of(build, engine, jib, registries);
        masked.step("Base image " + build.from());
        BaseFacts facts = base.facts();
        Optional<Dependencies> dependencies;
        StartCommand start;
        try {
            dependencies = Dependencies.of(build, facts, masked);
            Set<String> installed =
                    dependencies.isPresent() ? dependencies.get().distributions() : Set.of();
            start = StartCommand.of(build, files, installed);
        } catch (RequirementFailure e) {
            return failed(e, Duration.ofNanos(System.nanoTime() - started));
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        }
        masked.step("Layers of " + build.app() + ", started by: " + String.join(" ", start.words()));
        Delivery delivery = new Delivery(
                build, jib, registries, base, facts, onto -> image(onto, facts, dependencies, start, files));
        Delivery.Delivered delivered = switch (target) {
            case ENGINE -> delivery.toEngine(engine.orElseThrow());
            case TAR -> delivery.toFile();
            case REGISTRY -> delivery.toRegistry();
        };
        return new Built(
                build.reference(),
                delivered.id(),
                delivered.digest(),
                "jib",
                Duration.ofNanos(System.nanoTime() - started),
                new AppSources(files.all()));
    }

    @Override
    public Optional<String> inputs(Path output) {
        MessageDigest digest = Digests.sha256();
        build.told().forEach(text -> digest.update((text.length() + " " + text).getBytes(StandardCharsets.UTF_8)));
        digest.update(target.name().getBytes(StandardCharsets.UTF_8));
        engine.flatMap(store -> store.find(build.from().replaceFirst("^docker://", "")))
                .ifPresent(base -> digest.update(base.id().getBytes(StandardCharsets.UTF_8)));
        try {
            AppLayers.digest(AppFiles.of(build).all(), digest);
            Optional<RequirementFiles> wanted = RequirementFiles.of(build);
            if (wanted.isPresent()) {
                wanted.get().addTo(digest);
            }
            return Optional.of("sha256:" + Digests.hex(digest.digest()));
        } catch (IOException | RequirementFailure e) {
            // The build tells what is wrong with them.
            return Optional.empty();
        }
    }

    @Override
    public SourceFiles sources() {
        return new AppSources(AppFiles.of(build).all());
    }

    private JibContainerBuilder image(
            JibContainerBuilder onto,
            BaseFacts facts,
            Optional<Dependencies> dependencies,
            StartCommand start,
            AppFiles files)
            throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        if (dependencies.isPresent()) {
            layers.add(dependencies.get().layer());
            environment.putAll(dependencies.get().environment(facts));
        }
        layers.addAll(new AppLayers(build, files).layers());
        return onto.setFileEntriesLayers(layers)
                .setEnvironment(environment)
                .setEntrypoint(start.words())
                .setWorkingDirectory(AbsoluteUnixPath.get(AppLayers.ROOT))
                .setUser(build.user())
                .addEnvironmentVariable("PYTHONUNBUFFERED", "1")
                .addEnvironmentVariable("PYTHONDONTWRITEBYTECODE", "1")
                .addEnvironmentVariable("HOME", "/tmp")
                .setExposedPorts(Set.of(Port.tcp(start.port())))
                .setLabels(build.labels());
    }

    private BuildOutcome.Failed failed(RequirementFailure failure, Duration took) {
        return new BuildOutcome.Failed(
                "jib",
                failure.place().file(),
                failure.place().line(),
                failure.place().text().map(mask),
                mask.apply(failure.reason()),
                Optional.of(mask.apply(failure.fix())),
                failure.output().stream().map(mask).toList(),
                took);
    }
}
