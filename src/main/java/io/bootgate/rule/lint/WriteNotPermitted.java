package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.server.Server;
import io.bootgate.server.StartCommand;
import io.bootgate.source.image.ImageFile;
import io.bootgate.source.image.ImageStage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A log or pid file of the server in a folder that belongs to root, under a USER that is not. */
final class WriteNotPermitted implements LintRule {
    @Override
    public String id() {
        return "WRITE_NOT_PERMITTED";
    }

    @Override
    public String title() {
        return "The server writes where its user may not";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.PERMISSION_DENIED, CauseId.SERVER_MISCONFIGURED, CauseId.EXITED);
    }

    private static final List<String> FILES =
            List.of("--access-logfile", "--error-logfile", "--log-file", "--pid", "-p", "--pidfile", "--logto");

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> start.isSurelyNotRoot() && start.known())
                .flatMap(start -> start.server()
                        .filter(server -> server.server() == Server.GUNICORN || server.server() == Server.UWSGI)
                        .flatMap(server -> check(start, server)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(FutureStart start, StartCommand server) {
        List<String> arguments = server.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            String option = word.replaceFirst("=.*", "");
            String file = word.contains("=")
                    ? word.substring(word.indexOf('=') + 1)
                    : i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (FILES.contains(option)
                    && file.startsWith("/")
                    && !file.startsWith("/dev/")
                    && !file.startsWith("/tmp/")
                    && isRoots(start, file)) {
                return Optional.of(error(
                                start.place(file),
                                "%s is written by user %s, and its folder belongs to root."
                                        .formatted(file, start.user().orElse("")),
                                "Write to standard output (-), to /tmp, or chown the folder before USER.")
                        .about(file));
            }
        }
        return Optional.empty();
    }

    /** Sure only of folders that every base image has, and of those that the Dockerfile makes. */
    private static boolean isRoots(FutureStart start, String file) {
        String folder = file.substring(0, Math.max(1, file.lastIndexOf('/')));
        Optional<ImageFile> known = start.stage().file(folder);
        boolean exists = start.stage().file(file).isPresent();
        boolean mounted =
                start.project().request().run().tmpfs().stream().anyMatch(path -> ImageStage.isBelow(file, path));
        boolean systems = folder.matches("/|/run|/var/run|/var/log|/etc|/opt|/usr/local");
        boolean changed = start.stage().commands().stream()
                .anyMatch(command -> command.program().matches("ch(?:own|mod)")
                        && command.words().stream().anyMatch(word -> word.startsWith(folder)));
        return !exists
                && !mounted
                && !changed
                && (known.isPresent()
                        ? known.get().owner().equals(Optional.of("root"))
                                && known.get().mode().equals(java.util.OptionalInt.of(0755))
                        : systems && !start.stage().wasOpened(folder));
    }
}
