package io.bootgate.source.python;

/**
 * An argument of a call, or a base of a class.
 *
 * @param name empty if it is given by its place
 * @param stars 1 for {@code *value}, 2 for {@code **value}, else 0
 */
public record Argument(String name, int stars, Expression value) {
    public boolean isUnpacked() {
        return stars > 0;
    }
}
