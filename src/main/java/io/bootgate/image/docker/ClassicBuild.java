package io.bootgate.image.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import io.bootgate.source.dockerfile.Dockerfile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds with Docker's classic builder, or with Podman's through the same call. */
final class ClassicBuild implements Route {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern NO_REASON = Pattern.compile("Status \\d+:\\s*");
    private static final Pattern BUILT = Pattern.compile("Successfully built ([0-9a-f]{12,64})\n");

    private final DockerClient client;
    private final DockerBuild build;
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final boolean podman;

    ClassicBuild(DockerClient client, DockerBuild build, Dockerfile dockerfile, BuildContext context, boolean podman) {
        this.client = client;
        this.build = build;
        this.dockerfile = dockerfile;
        this.context = context;
        this.podman = podman;
    }

    @Override
    public BuildRun run(BuildLog log) {
        Progress progress = new Progress(new StepLog(dockerfile, log));
        try (InputStream archive = context.archive();
                BuildImageCmd command = command(archive)) {
            command.exec(progress);
            progress.ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("The build of " + build.reference() + " was interrupted.", e);
        } catch (IOException e) {
            throw ArchivedFile.unreadable(e);
        } finally {
            progress.close();
        }
        return progress.result();
    }

    private BuildImageCmd command(InputStream archive) {
        BuildImageCmd command = client.buildImageCmd()
                .withTarInputStream(archive)
                .withDockerfilePath(context.dockerfileName())
                .withTags(Set.of(build.reference()))
                .withPull(build.pull())
                .withNoCache(build.noCache())
                // Without it the container of a failed RUN stays behind.
                .withForcerm(true)
                .withRemove(true);
        BuildOptions options = build.options();
        command.withLabels(options.labels());
        if (!options.cacheFrom().isEmpty()) {
            command.withCacheFrom(new LinkedHashSet<>(options.cacheFrom()));
        }
        if (!options.extraHosts().isEmpty()) {
            command.withExtraHosts(
                    podman ? Set.of(json(options.extraHosts())) : new LinkedHashSet<>(options.extraHosts()));
        }
        options.network().ifPresent(command::withNetworkMode);
        build.args().forEach(command::withBuildArg);
        build.target().ifPresent(command::withTarget);
        build.platform().ifPresent(command::withPlatform);
        return command;
    }

    /** Not docker-java's own callback: that one logs every failure with its stack trace. */
    private final class Progress implements ResultCallback<BuildResponseItem> {
        private final StepLog steps;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Closeable stream;
        private volatile @Nullable String imageId;
        private volatile @Nullable String error;
        private volatile @Nullable Throwable thrown;

        Progress(StepLog steps) {
            this.steps = steps;
        }

        @Override
        public void onStart(Closeable started) {
            stream = started;
        }

        @Override
        public void onNext(BuildResponseItem item) {
            if (item.isErrorIndicated()) {
                error = messageOf(item);
            } else if (item.getStream() != null) {
                Matcher built = BUILT.matcher(item.getStream());
                if (built.matches()) {
                    // The last of them is the engine's: a RUN may print such a line too.
                    imageId = built.group(1);
                }
                steps.read(item.getStream());
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (thrown == null) {
                thrown = failure;
            }
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ended.countDown();
        }

        @Override
        public void close() {
            Closeable open = stream;
            if (open != null && ended.getCount() > 0) {
                try {
                    open.close();
                } catch (IOException e) {
                    // The engine gives the build up when the connection is gone, however it went.
                    stream = null;
                }
            }
        }

        /** Podman builds images that it cannot read, as with {@code EXPOSE abc}. */
        private Optional<String> idOf(String built) {
            try {
                return Optional.of(client.inspectImageCmd(built).exec().getId());
            } catch (DockerException e) {
                error = messageOf(e);
                return Optional.empty();
            }
        }

        BuildRun result() {
            steps.end();
            if (thrown instanceof ImageBuildException unreadable) {
                throw unreadable;
            }
            if (thrown instanceof DockerException refused) {
                error = messageOf(refused);
            } else if (thrown != null && error == null) {
                throw BuildRun.lost(build, steps.current(), thrown);
            }
            if (error == null && imageId == null) {
                throw BuildRun.lost(build, steps.current(), null);
            }
            Optional<String> built =
                    error == null ? Optional.ofNullable(imageId).flatMap(this::idOf) : Optional.empty();
            return new BuildRun(built, steps.current(), error == null ? "" : error, steps.output());
        }
    }

    private static String messageOf(BuildResponseItem item) {
        ResponseItem.ErrorDetail detail = item.getErrorDetail();
        return detail == null || detail.getMessage() == null
                ? "the engine gave no reason"
                : detail.getMessage().trim();
    }

    private static String messageOf(DockerException refused) {
        String text = String.valueOf(refused.getMessage());
        try {
            return JSON.readTree(text.substring(Math.max(0, text.indexOf('{'))))
                    .path("message")
                    .asText(text)
                    .trim();
        } catch (JsonProcessingException e) {
            return NO_REASON.matcher(text).matches()
                    ? "the engine refused the build and gave no reason ("
                            + text.strip().replace(":", "") + ")"
                    : text;
        }
    }

    /** One value for all: Podman takes no other form. */
    private static String json(List<String> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of texts is always JSON", e);
        }
    }
}
