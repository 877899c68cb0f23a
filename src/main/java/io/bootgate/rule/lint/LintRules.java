package io.bootgate.rule.lint;

import java.util.List;

/** Every rule, in the order in which a reader wants to hear of them. */
final class LintRules {
    static final List<LintRule> ALL = List.of(
            // what is started
            new CommandMisquoted()
            // dependencies, environment, application: below
            );

    private LintRules() {}
}
