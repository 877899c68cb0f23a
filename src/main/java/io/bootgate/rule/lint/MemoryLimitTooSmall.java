package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.server.StartCommand;
import io.bootgate.source.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The module that is served makes a value at its import that alone is larger than the container's memory. */
final class MemoryLimitTooSmall implements LintRule {
    /** A literal at module level, so many times. */
    private static final Pattern REPEATED = Pattern.compile(
            "[A-Za-z_]\\w*(?:\\s*:\\s*\\w+)?\\s*=\\s*(?:(b)?([\"'])((?:(?!\\2).){1,200})\\2|\\[[^\\[\\],]+])\\s*\\*\\s*\\(?([\\d_]+(?:\\s*\\*\\*?\\s*[\\d_]+)*)\\)?\\s*(?:#.*)?");

    private static final Pattern TARGET = Pattern.compile("([A-Za-z_][\\w.]*)(?::[\\w.]+(?:\\(.*\\))?)?");
    private static final int BYTES_OF_AN_ELEMENT = 8;

    @Override
    public String id() {
        return "MEMORY_LIMIT_TOO_SMALL";
    }

    @Override
    public String title() {
        return "A value is larger than the container's memory";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.OUT_OF_MEMORY);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        var limit = project.request().run().memoryBytes();
        return limit.isEmpty()
                ? List.of()
                : FutureStart.of(project).stream()
                        .flatMap(start -> modules(start))
                        .distinct()
                        .flatMap(source -> check(source, limit.getAsLong()).stream())
                        .limit(1)
                        .toList();
    }

    /** What the server's words may name as the module to serve. */
    private static Stream<SourceText> modules(FutureStart start) {
        Stream<SourceText> named = start.server().map(StartCommand::arguments).orElse(List.of()).stream()
                .map(TARGET::matcher)
                .filter(Matcher::matches)
                .map(target -> start.stage()
                        .resolve(start.workdir() + "/" + target.group(1).replace('.', '/')))
                .flatMap(path -> Stream.of(path + ".py", path + "/__init__.py"))
                .flatMap(path -> start.sourceOf(path).stream());
        return Stream.concat(start.pythonProgram().stream(), named);
    }

    private Optional<LintFinding> check(SourceText source, long limit) {
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher repeated = REPEATED.matcher(lines.get(i));
            if (repeated.matches()) {
                double bytes = product(repeated.group(4)) * size(repeated);
                if (bytes > limit) {
                    return Optional.of(error(
                            Location.of(source.path(), i + 1),
                            "This value takes %d MiB when the module is imported, and the container may use %d MiB."
                                    .formatted((long) bytes >> 20, limit >> 20),
                            "Raise <limits><memory>, or load it in parts."));
                }
            }
        }
        return Optional.empty();
    }

    private static int size(Matcher repeated) {
        return repeated.group(3) == null
                ? BYTES_OF_AN_ELEMENT
                : repeated.group(3).replaceAll("\\\\(?:x[0-9a-fA-F]{2}|.)", ".").length();
    }

    private static double product(String factors) {
        double product = 1;
        for (String factor : factors.split("(?<!\\*)\\*(?!\\*)", -1)) {
            String[] power = factor.split("\\*\\*", 2);
            double base = Double.parseDouble(power[0].replace("_", "").strip());
            product *= power.length == 1
                    ? base
                    : Math.pow(
                            base, Double.parseDouble(power[1].replace("_", "").strip()));
        }
        return product;
    }
}
