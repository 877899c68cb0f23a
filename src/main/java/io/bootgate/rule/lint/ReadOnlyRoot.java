package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.server.Server;
import io.bootgate.source.image.ImageStage;
import java.util.List;
import java.util.Set;

/** Gunicorn needs a folder for the heartbeats of its workers. */
final class ReadOnlyRoot implements LintRule {
    @Override
    public String id() {
        return "READ_ONLY_ROOT";
    }

    @Override
    public String title() {
        return "The server has nowhere to write on a read-only root";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.READ_ONLY_FILESYSTEM, CauseId.EXITED, CauseId.SERVER_NOT_STARTED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> project.request().run().readOnly())
                .filter(start -> start.server()
                        .filter(server -> server.server() == Server.GUNICORN)
                        .isPresent())
                .filter(start -> project.request().run().tmpfs().stream()
                        .noneMatch(path -> path.matches("/tmp/?|/var/tmp/?|/usr/tmp/?")
                                || ImageStage.isBelow(start.workdir(), path)))
                .filter(start -> !start.allText().contains("--worker-tmp-dir")
                        && !start.env().containsKey("TMPDIR"))
                .filter(start ->
                        !start.env().getOrDefault("GUNICORN_CMD_ARGS", "").contains("--worker-tmp-dir"))
                .filter(start -> start.stage().files().stream()
                                .noneMatch(file -> file.name().equals("gunicorn.conf.py"))
                        && !start.allText().matches("(?s).*(?:-c|--config)\\b.*"))
                .map(start -> List.of(error(
                        start.place(),
                        "<readOnly> is true and /tmp is not writable: Gunicorn needs a folder for temporary files.",
                        "Add <tmpfs><path>/tmp</path></tmpfs>, or start Gunicorn with --worker-tmp-dir /dev/shm.")))
                .orElse(List.of());
    }
}
