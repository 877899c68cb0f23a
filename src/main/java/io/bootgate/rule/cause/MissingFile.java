package io.bootgate.rule.cause;

import io.bootgate.rule.Finding;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file, a folder or a program that the application or a script opens is not in the image. */
final class MissingFile implements CauseRule {
    private static final Pattern ERRNO = Pattern.compile(
            "\\[Errno (?:2|20)\\] (?:No such file or directory|Not a directory)(?:: ['\"]?([^'\"]+)['\"]?)?");
    private static final Pattern PROGRAM = Pattern.compile(
            "can't open file '?([^':]+)'?: \\[Errno 2\\]|^(?:\\S+: )?(?:cat|sed|grep|source|cp|mv|chmod|chown|ls|\\.)?:? ?(?:can't open |cannot open |cannot stat |cannot access )?['\"]?(/?[\\w./-]+)['\"]?: No such file or directory$");
    private static final Pattern TEMPLATE = Pattern.compile("^([\\w./-]+\\.\\w+)$");
    private static final Pattern NOT_WRITABLE = Pattern.compile("'([^']+)' isn't writable \\[FileNotFoundError");

    @Override
    public CauseId id() {
        return CauseId.MISSING_FILE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .flatMap(raised -> path(raised, symptoms).stream()
                        .map(path -> certain(
                                detail(raised, path), raised.evidence(), raised.place(), fix(raised, path, symptoms))))
                .findFirst()
                .or(() -> ofAProgram(symptoms));
    }

    private static Optional<String> path(Raised raised, Symptoms symptoms) {
        String message = raised.message();
        if (raised.is("FileNotFoundError", "NotADirectoryError", "OSError", "IOError")
                && !message.contains("temporary directory")) {
            Matcher errno = ERRNO.matcher(message);
            if (errno.find() && !BackendUnreachable.isConnecting(raised)) {
                return Optional.of(errno.group(1) == null ? "a file" : errno.group(1));
            }
            return raised.is("FileNotFoundError") && !errno.find() && !BackendUnreachable.isConnecting(raised)
                    ? Optional.of(message.lines().findFirst().orElse("a file"))
                    : Optional.empty();
        }
        if (raised.is("TemplateNotFound", "TemplateDoesNotExist")
                && TEMPLATE.matcher(message.strip()).find()) {
            return Optional.of(message.strip());
        }
        boolean sqlite = raised.is("OperationalError") && message.contains("unable to open database file");
        boolean root =
                symptoms.boot().user().isEmpty() || symptoms.boot().user().matches("root|0(?::.*)?");
        return sqlite && root && !symptoms.boot().readOnly() ? Optional.of("the database's folder") : Optional.empty();
    }

    private static boolean isProgram(Raised raised) {
        return raised.exception()
                .lastFrame()
                .map(f -> f.isStandardModule("subprocess")
                        || f.function().contains("_execute_child")
                        || f.source().contains("exec"))
                .orElse(false);
    }

    private static String detail(Raised raised, String path) {
        return isProgram(raised)
                ? "The program %s is not in the image.".formatted(path)
                : "%s is not there: %s.".formatted(path, raised.exception().summary());
    }

    private static String fix(Raised raised, String path, Symptoms symptoms) {
        if (isProgram(raised)) {
            return "Install the package that has %s in the Dockerfile (RUN apt-get install -y ...).".formatted(path);
        }
        if (path.startsWith("the database")) {
            return "Make the folder of the database in the Dockerfile, or mount a volume there.";
        }
        String looked = path.startsWith("/")
                ? "."
                : "; a relative path is looked for in %s (WORKDIR)."
                        .formatted(symptoms.boot().workdir());
        return "COPY %s into the image (and see that .dockerignore does not exclude it), or make its folder, or correct the path%s"
                .formatted(path, looked);
    }

    private Optional<Finding> ofAProgram(Symptoms symptoms) {
        if (!symptoms.hasEnded() || !symptoms.failures().isEmpty()) {
            return Optional.empty();
        }
        return symptoms.last(PROGRAM).or(() -> symptoms.last(NOT_WRITABLE)).map(match -> {
            String path =
                    match.group(1).isEmpty() && match.matcher().groupCount() > 1 ? match.group(2) : match.group(1);
            return likely(
                    match.line().text().strip(),
                    List.of(match.line().evidence()),
                    Optional.empty(),
                    "COPY %s into the image (and see that .dockerignore does not exclude it), or correct the path; a relative one is looked for in %s (WORKDIR)."
                            .formatted(path, symptoms.boot().workdir()));
        });
    }
}
