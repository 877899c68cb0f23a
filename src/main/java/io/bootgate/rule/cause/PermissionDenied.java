package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The user that the container runs as may not read, write or make a file that the application needs. */
final class PermissionDenied implements CauseRule {
    private static final Pattern ERRNO = Pattern.compile(
            "\\[Errno (?:13|1)\\] (?:Permission denied|Operation not permitted)(?:: ['\"]([^'\"]+)['\"])?");
    private static final Pattern OTHER =
            Pattern.compile("attempt to write a readonly database|unable to open database file"
                    + "|'([^']+)' isn't writable \\[PermissionError|No usable temporary directory found");
    private static final Pattern PROGRAM = Pattern.compile(
            "(?:cannot|can't) (?:create|touch|make|open|remove|stat|access|read|change|copy|move)\\b.*?['\"‘]?(/?[\\w./-]+)['\"’]?: (?:Permission denied|Operation not permitted)"
                    + "|'([^']+)' isn't writable \\[PermissionError|^Error: \\[Errno 13\\] Permission denied: '([^']+)'");

    @Override
    public CauseId id() {
        return CauseId.PERMISSION_DENIED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .flatMap(raised -> path(raised, symptoms).stream()
                        .map(path -> finding(
                                raised.exception().summary(), path, raised.evidence(), raised.place(), symptoms)))
                .findFirst()
                .or(() -> ofAProgram(symptoms));
    }

    private static Optional<String> path(Raised raised, Symptoms symptoms) {
        Matcher errno = ERRNO.matcher(raised.message());
        if (errno.find()) {
            boolean binds = raised.exception()
                    .lastFrame()
                    .map(f -> f.source().contains(".bind(")
                            || f.source().contains("create_server")
                            || f.function().equals("bind"))
                    .orElse(false);
            boolean runs = raised.exception().frames().stream()
                    .anyMatch(f -> f.function().equals("_execute_child"));
            return binds || (errno.group(1) == null && runs)
                    ? Optional.empty()
                    : Optional.of(errno.group(1) == null ? "a file" : errno.group(1));
        }
        boolean notRoot =
                !symptoms.boot().user().isEmpty() && !symptoms.boot().user().matches("root|0(?::.*)?");
        Matcher other = OTHER.matcher(raised.message());
        if (!other.find() || symptoms.boot().readOnly()) {
            return Optional.empty();
        }
        boolean certain = other.group(1) != null || other.group(0).startsWith("attempt to write");
        return certain || notRoot
                ? Optional.of(other.group(1) == null ? "the folder that it writes to" : other.group(1))
                : Optional.empty();
    }

    private Finding finding(
            String summary, String path, List<Evidence> evidence, Optional<Location> place, Symptoms symptoms) {
        String user = symptoms.boot().user();
        String who = user.isEmpty() ? "the container's user" : "user " + user;
        return certain(
                "%s may not access %s: %s.".formatted(capital(who), path, summary),
                evidence,
                place,
                "Give it to the user in the Dockerfile (COPY --chown=%s, or RUN mkdir -p and chown before USER), or write somewhere that the user may write, such as /tmp."
                        .formatted(user.isEmpty() ? "<user>" : user));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private Optional<Finding> ofAProgram(Symptoms symptoms) {
        // A file that a script may not make is missing afterwards.
        boolean onlyMisses =
                symptoms.failures().stream().allMatch(failure -> failure.name().equals("FileNotFoundError"));
        if (!symptoms.hasEnded() || !onlyMisses) {
            return Optional.empty();
        }
        return symptoms.last(PROGRAM).map(match -> {
            String path = Stream.of(1, 2, 3)
                    .map(match::group)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElseThrow();
            return finding(
                    match.line().text().strip(), path, List.of(match.line().evidence()), Optional.empty(), symptoms);
        });
    }
}
