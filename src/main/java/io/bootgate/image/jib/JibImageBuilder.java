package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.ImageStore;
import io.bootgate.image.ImageStore.StoredImage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Lays a Python service into an image: base, dependencies, resources, sources. No Dockerfile, nothing is run. */
public final class JibImageBuilder implements ImageBuilder {
    private final JibBuild build;
    private final ImageStore engine;
    private final UnaryOperator<String> mask;

    /** @param mask hides what is secret in a line before anybody sees it */
    public JibImageBuilder(JibBuild build, ImageStore engine, UnaryOperator<String> mask) {
        this.build = build;
        this.engine = engine;
        this.mask = mask;
    }

    @Override
    public BuildOutcome build(BuildLog log) {
        long started = System.nanoTime();
        BuildLog masked = masked(log);
        JibRun jib = new JibRun(build, masked);
        AppFiles files = AppFiles.of(build);
        BaseImage base = BaseImage.of(build, Optional.of(engine), jib);
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
        String id = load(jib, base, () -> image(base, facts, dependencies, start, files));
        return new BuildOutcome.Built(
                build.reference(),
                id,
                Optional.empty(),
                "jib",
                Duration.ofNanos(System.nanoTime() - started),
                new AppSources(files.all()));
    }

    /** Makes the image without sending it anywhere first: the engine may have this very one. */
    private String load(JibRun jib, BaseImage base, Recipe recipe) {
        try {
            DockerDaemonImage target = DockerDaemonImage.named(build.reference());
            boolean cached = build.offline() || base.isCached();
            String id = jib.make(recipe.image(), Containerizer.to(new ArchiveSink(Optional.empty()), target), cached)
                    .getImageId()
                    .toString();
            if (!engine.find(build.reference()).map(StoredImage::id).equals(Optional.of(id))) {
                jib.make(recipe.image(), Containerizer.to(new EngineClient(engine), target), cached);
            }
            return id;
        } catch (InvalidImageReferenceException e) {
            throw new ImageBuildException(
                    "<image> is not the name of an image: \"%s\". Example: acme/orders:1.0"
                            .formatted(build.reference()),
                    e);
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        }
    }

    /** Jib changes what it builds from: each build gets its own. */
    private interface Recipe {
        JibContainerBuilder image() throws IOException;
    }

    private JibContainerBuilder image(
            BaseImage base, BaseFacts facts, Optional<Dependencies> dependencies, StartCommand start, AppFiles files)
            throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        Map<String, String> environment = new LinkedHashMap<>();
        if (dependencies.isPresent()) {
            layers.add(dependencies.get().layer());
            environment.putAll(dependencies.get().environment(facts));
        }
        layers.addAll(new AppLayers(build, files).layers());
        return base.start()
                .setFileEntriesLayers(layers)
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

    private BuildLog masked(BuildLog log) {
        return new BuildLog() {
            @Override
            public void step(String text) {
                log.step(mask.apply(text));
            }

            @Override
            public void output(String line) {
                log.output(mask.apply(line));
            }
        };
    }
}
