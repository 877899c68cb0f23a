package io.bootgate.image.docker;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads in the output of a failed RUN why it failed. */
final class RunReason {
    private static final String INDEX_UNREACHABLE = "NewConnectionError|NameResolutionError|ConnectTimeoutError"
            + "|Temporary failure in name resolution|CERTIFICATE_VERIFY_FAILED|Network is unreachable|ProxyError"
            + "|ReadTimeoutError|Failed to establish a new connection|dns error";

    /** The first that is found anywhere in the output wins: the surer ones come first. */
    private static final List<Rule> RULES = List.of(
            rule(
                    "externally-managed-environment",
                    m -> "pip refuses to install into the system's Python; use a virtual environment, or pip install"
                            + " --break-system-packages"),
            rule(
                    "Could not open requirements file: .*?'([^']+)'",
                    m -> "the file " + m.group(1) + " is not in the image at this point; COPY it before this RUN"),
            rule(
                    "ERROR: (Cannot install .*? because these package versions have conflicting dependencies)",
                    m -> "pip finds no set of versions that fits together: " + m.group(1)),
            rule("ERROR: Invalid requirement: (.*)", m -> "pip cannot read the requirement " + m.group(1)),
            rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES[^\\n]*(?:\\n(?!\\s+\\S+.* from )[^\\n]*)*\\n\\s+(\\S+)[^\\n]* from ",
                    m -> "the hash of " + m.group(1) + " is not the one in the requirements file"),
            rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES",
                    m -> "the hash of a package is not the one in the requirements file"),
            rule(
                    "Hashes are required in --require-hashes mode",
                    m -> "a requirement has no hash, though pip was told (or has reason) to check hashes"),
            rule(
                    "(?s)(?:" + INDEX_UNREACHABLE + ").*ERROR: No matching distribution found for (\\S+)",
                    m -> "pip could not reach the package index to get " + m.group(1)),
            rule(
                    "(?s)(\\S+) Requires-Python (\\S+).*ERROR: No matching distribution found for (\\S+)",
                    m -> "pip found no distribution of " + m.group(3) + " for the image's Python (" + m.group(1)
                            + " wants Python " + m.group(2) + ")"),
            rule(
                    "ERROR: No matching distribution found for (.+)",
                    m -> "pip found no distribution that matches " + m.group(1).trim()),
            rule(
                    "([\\w-]*_config|pg_config)(?: executable)?:? not found",
                    m -> "a package is built from source and needs " + m.group(1)
                            + "; install the development package that has it, or use a binary wheel"),
            rule(
                    "(?:command|unable to execute) '([\\w./+-]*(?:gcc|cc|clang|g\\+\\+|c\\+\\+)(?:-\\d+)?)'[^\\n]*No such file"
                            + "|(gcc|cc|g\\+\\+): not found",
                    m -> "a package is built from source and needs a compiler ("
                            + (m.group(1) == null ? m.group(2) : m.group(1))
                            + ") that the image lacks; install build-essential, or use a binary wheel"),
            rule(
                    "fatal error: (\\S+): No such file or directory",
                    m -> "a package is built from source and needs the header " + m.group(1)
                            + "; install the development package that has it, or use a binary wheel"),
            rule(
                    "(?i)can't find Rust compiler|cargo[^\\n]*(?:not found|is not installed)",
                    m -> "a package is built from source and needs Rust; use a binary wheel, or install cargo"),
            rule(
                    "(?:ERROR: )?Failed (?:building|to build) (?:wheel for |installable wheels for )?([^\\s(]+)",
                    m -> "the wheel of " + m.group(1) + " could not be built"),
            rule(
                    "E: Unable to locate package (\\S+)",
                    m -> "apt knows no package " + m.group(1)
                            + "; run apt-get update in the same RUN, and check its name"),
            rule(
                    "E: Package '([^']+)' has no installation candidate",
                    m -> "apt has no package " + m.group(1) + " to install"),
            rule(
                    "(?s)unable to select packages:\\s+(\\S+) \\(no such package\\)",
                    m -> "apk knows no package " + m.group(1)),
            rule("Temporary failure resolving '([^']+)'", m -> "the name " + m.group(1) + " could not be resolved"),
            rule(
                    "E: Failed to fetch (\\S+)\\s+(.*)",
                    m -> "apt could not fetch " + m.group(1) + ": " + m.group(2).trim()),
            rule(
                    "(pyproject\\.toml changed significantly since poetry\\.lock was last generated)",
                    m -> m.group(1) + "; run poetry lock"),
            rule(
                    "(?s)No solution found when resolving dependencies:\\s+(.*?)(?:\\n\\n|$)",
                    m -> "uv finds no set of versions that fits together: "
                            + oneLine(m.group(1)).replace("╰─▶ ", "")),
            rule(INDEX_UNREACHABLE, m -> "the network could not be used: " + m.group()));

    private static final List<Rule> START_RULES = List.of(
            rule(
                    "exec: \\\\?\"([^\"\\\\]+)\\\\?\": (?:executable file not found|stat [^:]+: no such file)",
                    m -> "the program " + m.group(1) + " is not in the image"),
            rule(
                    "unable to find user ([^:\\s]+)|looking up user \"?([^\"\\s]+)",
                    m -> "the image has no user " + (m.group(1) == null ? m.group(2) : m.group(1))));

    private static final Pattern NOT_FOUND =
            Pattern.compile("(?:^|: )([^\\s:]+): (?:command )?not found\\s*$|command not found: (\\S+)");
    private static final Pattern PYTHON_ERROR =
            Pattern.compile("^[\\w.]*(?:Error|Exception|ImproperlyConfigured)(?::.*)?$");

    private RunReason() {}

    private record Rule(Pattern pattern, Function<Matcher, String> reason) {}

    private static Rule rule(String regex, Function<Matcher, String> reason) {
        return new Rule(Pattern.compile(regex), reason);
    }

    /** @param exitCode of the command, 0 if it was not run */
    static Optional<String> of(String error, List<String> output, int exitCode) {
        String text = String.join("\n", output);
        return first(START_RULES, exitCode == 0 ? error : text)
                .or(() -> exitCode == 127 ? notFound(output) : Optional.empty())
                .or(() -> first(RULES, text))
                .or(() -> pythonError(output))
                .or(() -> byExitCode(exitCode))
                .map(RunReason::sentence);
    }

    private static Optional<String> first(List<Rule> rules, String text) {
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(rule.reason.apply(matcher));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> notFound(List<String> output) {
        for (int i = output.size() - 1; i >= 0; i--) {
            Matcher matcher = NOT_FOUND.matcher(output.get(i));
            if (matcher.find()) {
                String command = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                return Optional.of("the command " + command + " is not in the image");
            }
        }
        return Optional.of("a command is not in the image (exit code 127)");
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

    private static String oneLine(String text) {
        return text.trim().replaceAll("\\s+", " ");
    }

    private static String sentence(String reason) {
        String first = reason.startsWith("pip ")
                        || reason.startsWith("apt ")
                        || reason.startsWith("apk ")
                        || reason.startsWith("uv ")
                ? reason
                : Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }
}
