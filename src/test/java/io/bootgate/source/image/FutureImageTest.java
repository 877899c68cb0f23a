package io.bootgate.source.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.image.ImageStage.Presence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FutureImageTest {
    private static final List<ProjectFile> CONTEXT = Stream.of("app.py", "start.sh", "shop/wsgi.py", "deploy/start.sh")
            .map(path -> new ProjectFile(path, Kind.FILE, 10, 0644))
            .toList();

    @Test
    void aCopiedFileKeepsItsModeUntilItIsChanged() {
        ImageStage image = image(
                "FROM python:3.12",
                "COPY start.sh /a.sh",
                "COPY --chmod=755 start.sh /b.sh",
                "COPY start.sh /c.sh",
                "RUN chmod +x /c.sh");
        assertThat(image.file("/a.sh").orElseThrow().isSurelyNotExecutable()).isTrue();
        assertThat(image.file("/b.sh").orElseThrow().mode()).isEqualTo(OptionalInt.of(0755));
        assertThat(image.file("/c.sh").orElseThrow().isSurelyNotExecutable()).isFalse();
    }

    @Test
    void aLaterCopyTakesTheExecuteBitAway() {
        ImageStage image =
                image("FROM python:3.12", "WORKDIR /app", "COPY start.sh .", "RUN chmod +x start.sh", "COPY . .");
        assertThat(image.file("/app/start.sh").orElseThrow().isSurelyNotExecutable())
                .isTrue();
        assertThat(image.file("/app/start.sh").orElseThrow().line()).isEqualTo(5);
    }

    @Test
    void modesAreChangedInTreesAndByPatterns() {
        ImageStage image =
                image("FROM python:3.12", "COPY . /app", "RUN cd /app && chmod -R a+rx deploy && chmod 0700 *.sh");
        assertThat(image.file("/app/deploy/start.sh").orElseThrow().mode()).isEqualTo(OptionalInt.of(0755));
        assertThat(image.file("/app/start.sh").orElseThrow().mode()).isEqualTo(OptionalInt.of(0700));
        assertThat(image.file("/app/app.py").orElseThrow().mode()).isEqualTo(OptionalInt.of(0644));
    }

    @Test
    void filesAreMovedCopiedLinkedAndRemoved() {
        ImageStage image = image(
                "FROM python:3.12",
                "COPY . /app",
                "WORKDIR /app",
                "RUN mv start.sh /run.sh && cp app.py main.py && ln -s /app/app.py /entry.py && rm -rf shop");
        assertThat(image.file("/run.sh").orElseThrow().origin()).contains("start.sh");
        assertThat(image.presence("/app/start.sh")).isEqualTo(Presence.MISSING);
        assertThat(image.file("/app/main.py").orElseThrow().origin()).contains("app.py");
        assertThat(image.file("/entry.py").orElseThrow().origin()).contains("app.py");
        assertThat(image.presence("/app/shop/wsgi.py")).isEqualTo(Presence.MISSING);
    }

    @Test
    void whatAnEditorTouchedIsNotTheProjectsTextAnyMore() {
        ImageStage image = image("FROM python:3.12", "COPY . /app", "RUN sed -i 's/\\r$//' /app/start.sh");
        assertThat(image.file("/app/start.sh").orElseThrow().unchanged()).isFalse();
        assertThat(image.file("/app/app.py").orElseThrow().unchanged()).isTrue();
    }

    @Test
    void aCommandThatNobodyKnowsMakesEverythingUnsure() {
        ImageStage image = image("FROM python:3.12", "COPY . /app", "RUN /app/deploy/setup");
        assertThat(image.presence("/anything")).isEqualTo(Presence.UNKNOWN);
        assertThat(image.file("/app/start.sh").orElseThrow().isSurelyNotExecutable())
                .isFalse();
    }

    @Test
    void installingPackagesTouchesNothingOfTheService() {
        ImageStage image = image(
                "FROM python:3.12-slim",
                "COPY . /app",
                "RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*",
                "RUN pip install --no-cache-dir -r /app/requirements.txt");
        assertThat(image.presence("/app/absent.sh")).isEqualTo(Presence.MISSING);
        assertThat(image.presence("/usr/lib/libpq.so.5")).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void aRedirectionMakesAFile() {
        ImageStage image = image("FROM python:3.12", "RUN printf '#!/bin/sh\\n' > /start.sh && chmod +x /start.sh");
        assertThat(image.presence("/start.sh")).isEqualTo(Presence.THERE);
        assertThat(image.file("/start.sh").orElseThrow().isSurelyNotExecutable())
                .isFalse();
    }

    @Test
    void filesComeThroughStages() {
        ImageStage image = image(
                "FROM python:3.12 AS build",
                "WORKDIR /src",
                "COPY . .",
                "RUN python -m venv /opt/venv",
                "FROM python:3.12-slim",
                "COPY --from=build /src /app",
                "COPY --from=build /opt/venv /opt/venv");
        assertThat(image.file("/app/shop/wsgi.py").orElseThrow().origin()).contains("shop/wsgi.py");
        assertThat(image.presence("/app/absent.py")).isEqualTo(Presence.MISSING);
        assertThat(image.presence("/opt/venv/bin/gunicorn")).isEqualTo(Presence.UNKNOWN);
        assertThat(image.presence("/src/app.py")).isEqualTo(Presence.MISSING);
    }

    @Test
    void aBaseImageOfSomebodysOwnMayHoldAnything() {
        assertThat(image("FROM acme/base:1", "COPY . /app").presence("/app/absent.py"))
                .isEqualTo(Presence.UNKNOWN);
        assertThat(image("FROM acme/python:1", "COPY . /app").presence("/app/absent.py"))
                .isEqualTo(Presence.MISSING);
        assertThat(image("FROM mcr.microsoft.com/azure-functions/python:4", "COPY . /app")
                        .presence("/app/absent.py"))
                .isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void variablesAreReplacedInPathsAndFrom() {
        ImageStage image = image(
                "ARG VERSION=3.11",
                "FROM python:${VERSION}-slim",
                "ARG HOME=/srv",
                "ENV APP=${HOME}/app",
                "COPY app.py ${APP:-/x}/");
        assertThat(image.base().python()).contains("3.11");
        assertThat(image.file("/srv/app/app.py").orElseThrow().origin()).contains("app.py");
    }

    @Test
    void theEntryPointOfTheBaseResetsWithItsCommand() {
        ImageStage image = image("FROM python:3.12 AS a", "CMD [\"old\"]", "FROM a", "ENTRYPOINT [\"x\"]");
        assertThat(image.command()).isEmpty();
        assertThat(image.entrypoint().orElseThrow().line()).isEqualTo(4);
    }

    @Test
    void ownersAreFollowed() {
        ImageStage image = image(
                "FROM python:3.12",
                "COPY --chown=web:web app.py /a/",
                "COPY app.py /b/",
                "WORKDIR /w",
                "RUN chown -R web /b");
        assertThat(image.file("/a/app.py").orElseThrow().owner()).contains("web");
        assertThat(image.file("/b/app.py").orElseThrow().owner()).contains("web");
        assertThat(image.file("/w").orElseThrow().owner()).contains("root");
    }

    @Test
    void aTextOfTheDockerfileIsAFile() {
        ImageStage image =
                image("FROM python:3.12", "COPY --chmod=755 <<EOF /start.sh", "#!/bin/sh", "exec true", "EOF");
        assertThat(image.presence("/start.sh")).isEqualTo(Presence.THERE);
        assertThat(image.file("/start.sh").orElseThrow().isSurelyNotExecutable())
                .isFalse();
    }

    private static ImageStage image(String... lines) {
        return FutureImage.of(
                        Dockerfile.parse(String.join("\n", lines) + "\n"),
                        CONTEXT,
                        Map.of(),
                        Optional.empty(),
                        BaseImage::named)
                .image()
                .orElseThrow();
    }
}
