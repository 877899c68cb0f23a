package io.bootgate.report;

import io.bootgate.autopsy.Environment;
import io.bootgate.autopsy.Environment.Unread;
import io.bootgate.autopsy.Environment.Variable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code environment.md}: which variables a service reads while it boots, for whoever has to deploy it. Names, never values. */
public final class EnvironmentPage {
    /** The file's name. */
    public static final String NAME = "environment.md";

    private EnvironmentPage() {}

    public static void write(Path file, String service, Environment environment) throws IOException {
        WholeFile.write(file, out -> out.write(of(service, environment)));
    }

    static String of(String service, Environment environment) {
        List<String> lines = new ArrayList<>();
        lines.add("# Environment of " + cell(service));
        lines.add("");
        lines.add("Recorded by Bootgate while the service booted. What is only read later is not in it.");
        table(lines, "Required", environment, variable -> !variable.byLibrary() && variable.required());
        table(lines, "Optional", environment, variable -> !variable.byLibrary() && !variable.required());
        table(lines, "Read by the server and by libraries", environment, Variable::byLibrary);
        unread(lines, environment);
        return String.join("\n", lines) + "\n";
    }

    private static void table(List<String> lines, String title, Environment environment, Predicate<Variable> which) {
        List<Variable> variables =
                environment.variables().stream().filter(which).toList();
        if (variables.isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "## " + title, "", "| variable | set | default | read at |", "|---|---|---|---|"));
        variables.forEach(variable -> lines.add("| `%s` | %s | %s | %s |"
                .formatted(
                        cell(variable.name()),
                        variable.set() ? "yes" : "no",
                        variable.hasDefault() ? "yes" : "no",
                        variable.places().stream()
                                .map(place -> "`" + cell(place) + "`")
                                .collect(Collectors.joining(", ")))));
    }

    private static void unread(List<String> lines, Environment environment) {
        if (environment.unread().isEmpty()) {
            return;
        }
        lines.addAll(List.of("", "## Set, and not read while booting", ""));
        if (environment.readsAll()) {
            lines.add("The service reads its whole environment at once, so these may be used all the same.");
            lines.add("");
        }
        for (Unread unread : environment.unread()) {
            lines.add("- `" + cell(unread.name()) + "`"
                    + unread.meant()
                            .map(meant -> ": is `" + cell(meant) + "` meant, which is read and not set?")
                            .orElse(""));
        }
    }

    /** What a container tells must not become markup. */
    private static String cell(String text) {
        return text.replaceAll("[\\p{Cntrl}|`<>]", "?");
    }
}
