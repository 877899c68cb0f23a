package io.bootgate.image.docker;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in the output of a failed RUN why it failed. */
final class RunReason {
    private static final List<RunRule> START_RULES = List.of(
            RunRule.rule(
                    "exec: \\\\?\"([^\"\\\\]+)\\\\?\": (?:executable file not found|stat [^:]+: no such file)",
                    m -> "the program " + m.group(1) + " is not in the image"),
            RunRule.rule(
                    "unable to find user ([^:\\s]+)|looking up user \"?([^\"\\s]+)",
                    m -> "the image has no user " + (m.group(1) == null ? m.group(2) : m.group(1))),
            RunRule.rule(
                    "secret(?: required but no secret with id)? \"?([\\w.-]+)\"?(?: found|: not found|:? required but not provided)",
                    m -> "this RUN wants the secret " + m.group(1) + ", which <docker><secrets> does not give"),
            RunRule.rule(
                    "(?:failed to compute cache key|failed to calculate checksum)[^\\n]*\"([^\"]+)\"?:? not found",
                    m -> "the file " + m.group(1) + " that a --mount names is not there"),
            RunRule.rule(
                    "exec format error",
                    m ->
                            "a program of the image is made for another processor (exec format error); check <docker><platform>"));

    private static final Pattern NOT_FOUND =
            Pattern.compile("(?:^|: )([^\\s:]+): (?:command )?not found\\s*$|command not found: (\\S+)");
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("(?:^|: )([^\\s:]+): (?:Permission denied|cannot execute)");
    private static final Pattern DENIED = Pattern.compile("^\\S.*(?:[Pp]ermission denied|Operation not permitted).*$");
    // dash: "/x.sh: set: line 1: illegal option -\r"; kernel and bash: "/bin/sh^M: bad interpreter".
    private static final Pattern CARRIAGE_RETURN = Pattern.compile(
            "\\^M: bad interpreter|\\\\r: (?:command )?not found|\\$'\\\\r'|\\r: not found|(?i:illegal option -)\\s*(?:$|\\n)");
    /** Names of programs stay as they are. */
    private static final Pattern LOWER_CASE =
            Pattern.compile("(?:pip|uv|poetry|apt|apk|dnf|npm|curl|wget|git|pyproject)\\b|[a-z-]+: ");

    private static final Pattern PYTHON_ERROR =
            Pattern.compile("^[\\w.]*(?:Error|Exception|ImproperlyConfigured)(?::.*)?$");

    private RunReason() {}

    /** @param exitCode of the command, 0 if it was not run */
    static Optional<String> of(String error, List<String> output, int exitCode) {
        String text = String.join("\n", output);
        return RunRule.first(START_RULES, exitCode == 0 ? error : text)
                .or(() -> interpreter(text))
                .or(() -> exitCode == 127 ? notFound(output) : Optional.empty())
                .or(() -> exitCode == 126 ? notAllowed(output) : Optional.empty())
                .or(() -> RunRule.first(PythonReasons.ALL, text))
                .or(() -> RunRule.first(SystemReasons.ALL, text))
                .or(() -> pythonError(output))
                .or(() -> exitCode == 0 ? Optional.empty() : denied(output))
                .or(() -> byExitCode(exitCode))
                .map(RunReason::sentence);
    }

    /** What Windows' line ends do to a script. */
    private static Optional<String> interpreter(String text) {
        return CARRIAGE_RETURN.matcher(text).find()
                ? Optional.of("a script has the line ends of Windows (CRLF); save it with LF, or tell git so:"
                        + " *.sh text eol=lf in .gitattributes")
                : Optional.empty();
    }

    private static Optional<String> notAllowed(List<String> output) {
        return lastMatch(NOT_ALLOWED, output)
                .map(m -> "the command " + m.group(1)
                        + " may not be executed (exit code 126): run chmod +x on it, and keep the bit in git");
    }

    private static Optional<String> denied(List<String> output) {
        return lastMatch(DENIED, output)
                .map(m -> "this RUN may not do what it tries as the user that it runs as ("
                        + m.group().trim() + ")");
    }

    private static Optional<Matcher> lastMatch(Pattern pattern, List<String> output) {
        for (int i = output.size() - 1; i >= 0; i--) {
            Matcher matcher = pattern.matcher(output.get(i));
            if (matcher.find()) {
                return Optional.of(matcher);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> notFound(List<String> output) {
        return Optional.of(lastMatch(NOT_FOUND, output)
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                .map(command -> command.equals("source")
                        ? "the image's shell knows no command source; write . instead, or SHELL [\"/bin/bash\", \"-c\"]"
                        : "the command " + command + " is not in the image")
                .orElse("a command is not in the image (exit code 127)"));
    }

    private static Optional<String> pythonError(List<String> output) {
        boolean traceback = output.stream().anyMatch(line -> line.startsWith("Traceback (most recent call last)"));
        for (int i = output.size() - 1; traceback && i >= 0; i--) {
            if (PYTHON_ERROR.matcher(output.get(i)).matches()) {
                return Optional.of("the command failed with " + output.get(i).trim());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> byExitCode(int exitCode) {
        return switch (exitCode) {
            case 0 -> Optional.empty();
            case 126 -> Optional.of("the command may not be executed (exit code 126)");
            case 137 -> Optional.of("the command was killed (exit code 137), most often for want of memory");
            case 139 -> Optional.of("the command crashed (exit code 139)");
            default -> Optional.of("the command ended with exit code " + exitCode);
        };
    }

    private static String sentence(String reason) {
        String first = LOWER_CASE.matcher(reason).lookingAt()
                ? reason
                : Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }
}
