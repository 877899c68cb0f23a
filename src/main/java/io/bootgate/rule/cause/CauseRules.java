package io.bootgate.rule.cause;

import java.util.List;

/** Every rule, in the order in which a reader wants to hear of them: root causes first, most specific first. */
final class CauseRules {
    static final List<CauseRule> ALL = List.of(
            // last resorts
            new Unknown());

    private CauseRules() {}
}
