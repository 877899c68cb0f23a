package io.bootgate.deployment.document;

import java.util.Set;

/**
 * A value without parts, as it is written: what it means is for its reader to say.
 *
 * @param plain whether it stands without quotes, so that it may be more than text
 * @param secret whether it came from where secrets come from
 */
public record Scalar(Place place, String text, boolean plain, boolean secret) implements Node {
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    public Scalar(Place place, String text, boolean plain) {
        this(place, text, plain, false);
    }

    public boolean isNull() {
        return plain && NULL.contains(text);
    }
}
