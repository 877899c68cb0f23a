package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.timeline.BootEvent.Logged;
import java.util.Locale;

/**
 * One line as a program wrote it: a log line without colours, without what collectors put in front of it, out of its JSON
 * wrapping. Several lines can come from one log line.
 *
 * @param stamped whether a collector's prefix was taken off
 */
record Line(String text, boolean stamped, Logged logged) {

    boolean isBlank() {
        return text.isBlank();
    }

    Evidence evidence() {
        return new Evidence(
                logged.stream().name().toLowerCase(Locale.ROOT), logged.number(), logged.at(), text.strip());
    }
}
