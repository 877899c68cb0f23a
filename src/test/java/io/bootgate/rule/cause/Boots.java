package io.bootgate.rule.cause;

import io.bootgate.timeline.Boot;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Boots of tests, and such that differ from another in one thing. */
final class Boots {
    private Boots() {}

    /** A Gunicorn boot of which this port is expected. */
    static Boot of(List<String> command, int port) {
        Boot boot = Boot.unknown("acme/orders");
        return new Boot(
                boot.image(),
                command,
                "/app",
                boot.user(),
                boot.envNames(),
                List.of(port),
                OptionalInt.of(port),
                "gunicorn",
                boot.healthcheck(),
                boot.imageArchitecture(),
                boot.engineArchitecture(),
                boot.memoryLimitBytes(),
                boot.milliCpus(),
                boot.pidsLimit(),
                boot.readOnly());
    }

    static Boot withArchitecture(Boot boot, String image) {
        return with(boot, image, boot.memoryLimitBytes());
    }

    static Boot withMemory(Boot boot, long bytes) {
        return with(boot, boot.imageArchitecture(), OptionalLong.of(bytes));
    }

    private static Boot with(Boot boot, String imageArchitecture, OptionalLong memory) {
        return new Boot(
                boot.image(),
                boot.command(),
                boot.workdir(),
                boot.user(),
                boot.envNames(),
                boot.exposedPorts(),
                boot.expectedPort(),
                boot.server(),
                boot.healthcheck(),
                imageArchitecture,
                boot.engineArchitecture(),
                memory,
                boot.milliCpus(),
                boot.pidsLimit(),
                boot.readOnly());
    }
}
