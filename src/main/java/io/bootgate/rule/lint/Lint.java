package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks every rule about a project.
 *
 * @param ignored ids of rules that are not asked
 * @param severities what the findings of a rule count as instead of what the rule says
 */
public record Lint(Set<String> ignored, Map<String, Severity> severities) {
    /** The id under which a rule that breaks is told of. */
    public static final String BROKEN_RULE = "LINT_RULE_BROKEN";

    private static final Comparator<LintFinding> ORDER = Comparator.comparing(LintFinding::severity)
            .thenComparing(finding -> path(finding))
            .thenComparing(finding -> line(finding));

    public Lint {
        ignored = Set.copyOf(ignored);
        severities = Map.copyOf(severities);
    }

    /** With nothing left out. */
    public static Lint ofAllRules() {
        return new Lint(Set.of(), Map.of());
    }

    /** Ids of all rules. */
    public static List<String> ids() {
        return LintRules.ALL.stream().map(LintRule::id).toList();
    }

    /** What the rules find and no comment in the source waives; errors first. */
    public List<LintFinding> check(LintProject project) {
        return check(project, LintRules.ALL);
    }

    List<LintFinding> check(LintProject project, List<LintRule> rules) {
        Set<LintFinding> findings = new LinkedHashSet<>();
        Set<String> told = new HashSet<>();
        for (LintRule rule : rules) {
            if (!ignored.contains(rule.id())) {
                findings.addAll(ask(rule, project, told));
            }
        }
        Waivers waivers = new Waivers(project);
        return findings.stream()
                .filter(finding -> !waivers.waive(finding))
                .map(finding -> finding.as(severities.getOrDefault(finding.rule(), finding.severity())))
                .map(finding -> withText(finding, project))
                .sorted(ORDER)
                .toList();
    }

    /** What several rules rest on breaks for all of them, and is told once. */
    private static List<LintFinding> ask(LintRule rule, LintProject project, Set<String> told) {
        try {
            return rule.check(project);
        } catch (RuntimeException | StackOverflowError e) {
            Optional<String> file = project.reading();
            if (!told.add(e.toString())) {
                return List.of();
            }
            return List.of(new LintFinding(
                    BROKEN_RULE,
                    "A rule of Bootgate's broke",
                    Severity.WARNING,
                    "Bootgate's own rule %s failed%s: %s"
                            .formatted(
                                    rule.id(), file.map(path -> " at " + path).orElse(""), e),
                    file.map(Location::ofFile),
                    "This is a bug of Bootgate, not of the service. Please report it; <ignoreRules><rule>%s</rule></ignoreRules> leaves the rule out."
                            .formatted(rule.id()),
                    Set.of(),
                    Optional.empty()));
        }
    }

    /** The line's text where the rule gave none; a rule hides it with an empty text. */
    private static LintFinding withText(LintFinding finding, LintProject project) {
        return finding.location()
                .filter(place -> place.text().isEmpty() && place.line().isPresent())
                .flatMap(place -> place.path()
                        .flatMap(project::text)
                        .flatMap(text -> text.line(place.line().getAsInt()))
                        .map(String::strip)
                        .map(line -> finding.at(place.withText(Optional.of(line)))))
                .orElse(finding);
    }

    private static String path(LintFinding finding) {
        return finding.location().flatMap(Location::path).orElse("");
    }

    private static int line(LintFinding finding) {
        return finding.location().map(place -> place.line().orElse(0)).orElse(0);
    }

    /** How many findings there are of each severity. */
    public static Map<Severity, Long> counts(List<LintFinding> findings) {
        return new ArrayList<>(findings)
                .stream()
                        .map(LintFinding::severity)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
