package io.bootgate.source.requirement;

import java.util.Optional;

/**
 * A requirement, where it stands, and when it is installed.
 *
 * @param line 1 for the first; 0 where it is not known
 * @param group of development or extra dependencies; empty for what is always installed
 */
public record Listed(Requirement requirement, String path, int line, Optional<String> group) {
    public String name() {
        return requirement.name();
    }
}
