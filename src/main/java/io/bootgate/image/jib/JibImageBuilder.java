package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Port;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.ImageStore;
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
        long started = System.nanoTime();
        BuildLog masked = log.masked(mask);
        JibRun jib = new JibRun(build, masked);
        AppFiles files = AppFiles.of(build);
        RegistryAccess registries = new RegistryAccess(build, login, masked);
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
        Delivery delivery =
                new Delivery(build, jib, registries, base, facts, onto -> image(onto, facts, dependencies, start, files));
        Delivery.Delivered delivered = switch (target) {
            case ENGINE -> delivery.toEngine(engine.orElseThrow());
            case TAR -> delivery.toFile();
            case REGISTRY -> delivery.toRegistry();
        };
        return new BuildOutcome.Built(
                build.reference(),
                delivered.id(),
                delivered.digest(),
                "jib",
                Duration.ofNanos(System.nanoTime() - started),
                new AppSources(files.all()));
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
