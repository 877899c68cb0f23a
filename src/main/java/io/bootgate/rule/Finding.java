package io.bootgate.rule;

import java.util.List;
import java.util.Optional;

/**
 * Something that is wrong, why we say so, where it is, and what to change.
 *
 * @param id stable public id, e.g. {@code MISSING_MODULE}
 * @param title the fault in general: {@code A module is missing from the image}
 * @param detail the fault in this case: {@code No module named 'requests'}
 * @param evidence most telling first; never empty for a cause
 * @param fix what to do, concretely: the line to add, the value to raise, the variable to set
 * @param confirmed what the autopsy says: true if it saw the same again, or the boot went on once this was mended; false if it
 *     ended just the same; empty if nothing was tried
 */
public record Finding(
        String id,
        String title,
        Severity severity,
        String detail,
        List<Evidence> evidence,
        Optional<Location> location,
        String fix,
        Certainty certainty,
        Optional<Boolean> confirmed) {

    public Finding {
        evidence = List.copyOf(evidence);
    }

    /** One that no autopsy has looked at. */
    public Finding(
            String id,
            String title,
            Severity severity,
            String detail,
            List<Evidence> evidence,
            Optional<Location> location,
            String fix,
            Certainty certainty) {
        this(id, title, severity, detail, evidence, location, fix, certainty, Optional.empty());
    }

    /** The same fault, told with more knowledge. */
    public Finding saying(String newDetail, String newFix) {
        return new Finding(id, title, severity, newDetail, evidence, location, newFix, certainty, confirmed);
    }

    public Finding at(Location place) {
        return new Finding(id, title, severity, detail, evidence, Optional.of(place), fix, certainty, confirmed);
    }
}
