package io.bootgate.rule.lint;

import io.bootgate.source.program.Happening.FileLoaded;
import io.bootgate.source.program.Happening.Need;
import io.bootgate.source.program.Happening.VariableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables that have a value where the app is loaded.
 *
 * @param values of the Dockerfile, the descriptor and the configuration
 * @param others set by the program itself, by files that it reads, or by the platform
 * @param isSure whether there are no others
 */
record GivenVariables(Map<String, String> values, Set<String> others, boolean isSure) {
    private static final Set<String> PLATFORM = Set.of(
            "PATH",
            "HOME",
            "HOSTNAME",
            "PWD",
            "SHLVL",
            "LANG",
            "PYTHON_VERSION",
            "GPG_KEY",
            "PYTHON_SHA256",
            "container",
            "TERM",
            "OLDPWD",
            "SERVER_SOFTWARE");
    private static final Pattern ENTRY = Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*[=:]");

    static GivenVariables of(LintProject project, BootProgram boot) {
        Map<String, String> values = new TreeMap<>(boot.start().env());
        project.request()
                .deployment()
                .ifPresent(deployment -> deployment.containers().stream()
                        .filter(container -> project.request()
                                .deploymentContainer()
                                .map(container.name()::equals)
                                .orElse(true))
                        .forEach(container -> container.env().keySet().forEach(name -> values.putIfAbsent(name, "?"))));
        Set<String> others = new HashSet<>(PLATFORM);
        project.request().run().requiredEnv().forEach(others::remove);
        boot.program().happenings(VariableSet.class).forEach(set -> others.add(set.variable()));
        boolean sure = boot.plan().bases().stream().allMatch(ImagePlan::isBare)
                && !boot.start().scripted();
        boolean whole = project.request().deployment().stream()
                .flatMap(deployment -> deployment.containers().stream())
                .anyMatch(container -> !container.envFrom().isEmpty());
        sure &= !whole;
        for (FileLoaded loaded : boot.program().happenings(FileLoaded.class)) {
            if (loaded.file().filter("?"::equals).isPresent()) {
                sure = false;
            }
            String name = loaded.file()
                    .map(path -> path.substring(path.lastIndexOf('/') + 1))
                    .orElse(".env");
            boot.plan().files().forEach((path, file) -> {
                if (path.endsWith("/" + name) || path.endsWith("/settings.ini") || path.endsWith("/.env")) {
                    others.addAll(names(project, file));
                }
            });
        }
        return new GivenVariables(values, others, sure);
    }

    private static List<String> names(LintProject project, String file) {
        return project.text(file)
                .map(text -> text.lines().stream()
                        .map(ENTRY::matcher)
                        .filter(Matcher::find)
                        .map(entry -> entry.group(1))
                        .toList())
                .orElse(List.of());
    }

    boolean has(String variable) {
        return !values.getOrDefault(variable, "").isEmpty()
                || values.containsKey(variable)
                || others.contains(variable);
    }

    boolean has(String variable, Need need) {
        if (has(variable)) {
            return true;
        }
        return (need.anyCase() && all().anyMatch(variable::equalsIgnoreCase))
                || need.nested()
                        .filter(prefix -> all().anyMatch(name ->
                                name.toUpperCase(Locale.ROOT).startsWith(prefix.toUpperCase(Locale.ROOT))))
                        .isPresent();
    }

    private java.util.stream.Stream<String> all() {
        return java.util.stream.Stream.concat(values.keySet().stream(), others.stream());
    }

    /** A variable with nearly this name. */
    Optional<String> near(String variable) {
        return values.keySet().stream()
                .filter(name -> !PLATFORM.contains(name) && near(name, variable))
                .findFirst();
    }

    /** Whether names differ by their case, by one character, or by two that are exchanged. */
    static boolean near(String one, String other) {
        if (one.equals(other) || Math.min(one.length(), other.length()) < 4) {
            return false;
        }
        String left = one.toUpperCase(Locale.ROOT).replace("_", "");
        String right = other.toUpperCase(Locale.ROOT).replace("_", "");
        if (left.equals(right)) {
            return true;
        }
        int start = 0;
        while (start < Math.min(left.length(), right.length()) && left.charAt(start) == right.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < Math.min(left.length(), right.length()) - start
                && left.charAt(left.length() - 1 - end) == right.charAt(right.length() - 1 - end)) {
            end++;
        }
        int restLeft = left.length() - start - end;
        int restRight = right.length() - start - end;
        boolean digits = left.substring(start, start + restLeft).matches("\\d+")
                && right.substring(start, start + restRight).matches("\\d+");
        boolean exchanged = restLeft == 2
                && restRight == 2
                && left.charAt(start) == right.charAt(start + 1)
                && left.charAt(start + 1) == right.charAt(start);
        return !digits && (Math.max(restLeft, restRight) <= 1 || exchanged);
    }
}
