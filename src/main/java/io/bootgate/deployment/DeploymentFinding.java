package io.bootgate.deployment;

import java.util.OptionalInt;

/**
 * Something in a descriptor that the platform refuses, ignores or takes otherwise than its author may think.
 *
 * @param id stable public id, e.g. {@code MOUNT_WITHOUT_VOLUME}
 * @param path the file
 * @param line 1 for the first, empty if the whole file is meant
 */
public record DeploymentFinding(String id, Severity severity, String message, String path, OptionalInt line) {

    /** How bad it is: refused or broken, likely wrong, good to know. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTICE
    }
}
