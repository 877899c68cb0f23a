package io.bootgate.rule.lint;

import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a rule found in the sources.
 *
 * @param title the fault in general
 * @param detail the fault in this case
 * @param location empty if it lies in the configuration, not in a file
 * @param fix what to change
 * @param predicts causes that a failed boot would have
 * @param subject what the cause must speak of to be the predicted one ({@code requests}, {@code SECRET_KEY}); empty if any cause of
 *     these is
 */
public record LintFinding(
        String rule,
        String title,
        Severity severity,
        String detail,
        Optional<Location> location,
        String fix,
        Set<CauseId> predicts,
        Optional<String> subject) {

    public LintFinding {
        predicts = Set.copyOf(predicts);
    }

    /** The same about a module, variable or file by name. */
    public LintFinding about(String name) {
        return new LintFinding(rule, title, severity, detail, location, fix, predicts, Optional.of(name));
    }

    LintFinding as(Severity other) {
        return new LintFinding(rule, title, other, detail, location, fix, predicts, subject);
    }

    /** Without the place in a configuration file there is nothing to show: the fault is in the goal's parameters. */
    LintFinding at(Location place) {
        return new LintFinding(rule, title, severity, detail, Optional.of(place), fix, predicts, subject);
    }

    /** The same with secrets hidden by {@code mask} wherever they might stand. */
    public LintFinding masked(UnaryOperator<String> mask) {
        return new LintFinding(
                rule,
                title,
                severity,
                mask.apply(detail),
                location.map(place -> place.withText(place.text().map(mask))),
                mask.apply(fix),
                predicts,
                subject);
    }

    /** Whether a failed boot's cause is what this finding said would happen. */
    public boolean foresaw(Finding cause) {
        boolean named = predicts.stream().anyMatch(id -> id.name().equals(cause.id()));
        return named && subject.map(name -> mentions(cause, name)).orElse(true);
    }

    private static boolean mentions(Finding cause, String name) {
        return List.of(cause.detail(), cause.fix()).stream().anyMatch(text -> text.contains(name))
                || cause.evidence().stream().anyMatch(seen -> seen.text().contains(name));
    }

    /** The finding that foresaw this cause, errors first. */
    public static Optional<LintFinding> thatForesaw(Finding cause, List<LintFinding> findings) {
        return findings.stream().filter(finding -> finding.foresaw(cause)).findFirst();
    }
}
