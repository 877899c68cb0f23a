package io.bootgate.report;

import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.lint.Lint;
import io.bootgate.rule.lint.LintFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person reads of the findings in the sources: a line each, with the fix below. */
public record FindingsReport(Paint paint) {
    /** {@code orders: 1 error, 2 warnings found before the build}. */
    public String headline(String name, List<LintFinding> findings) {
        long errors = Lint.counts(findings).getOrDefault(Severity.ERROR, 0L);
        long warnings = findings.size() - errors;
        if (findings.isEmpty()) {
            return "%s: %s found before the build".formatted(Block.plain(name), paint.good("nothing"));
        }
        List<String> told = new ArrayList<>();
        if (errors > 0) {
            told.add(paint.bad(number(errors, "error")));
        }
        if (warnings > 0) {
            told.add(paint.odd(number(warnings, "warning")));
        }
        return "%s: %s found before the build".formatted(Block.plain(name), String.join(", ", told));
    }

    public List<String> lines(List<LintFinding> findings) {
        List<String> lines = new ArrayList<>();
        for (LintFinding finding : findings) {
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            String coloured = finding.severity() == Severity.ERROR ? paint.bad(severity) : paint.odd(severity);
            String place = finding.location().map(FindingsReport::place).orElse("configuration");
            lines.add("%s  %s  %s  %s"
                    .formatted(coloured, paint.strong(finding.rule()), Block.plain(place), oneLine(finding.detail())));
            finding.fix().lines().forEach(line -> lines.add("  " + paint.faint("fix") + "  " + Block.plain(line)));
        }
        return lines;
    }

    static String inShort(LintFinding finding) {
        return "%s %s  %s"
                .formatted(
                        finding.rule(),
                        finding.location().map(FindingsReport::place).orElse("configuration"),
                        finding.detail().strip().replaceAll("\\R\\s*", " "));
    }

    static String place(Location place) {
        return place.path().or(place::inImage).orElse("")
                + (place.line().isPresent() ? ":" + place.line().getAsInt() : "")
                + (place.line().isPresent() && place.column().isPresent()
                        ? ":" + place.column().getAsInt()
                        : "");
    }

    private static String oneLine(String text) {
        return Block.plain(text.strip().replaceAll("\\R\\s*", " "));
    }

    private static String number(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
