package io.bootgate.deployment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A question that the platform asks a container again and again. */
public record Probe(
        Check check, Duration initialDelay, Duration period, Duration timeout, int failures, int successes) {

    /** What is asked. */
    public sealed interface Check {}

    /** A GET that is answered with 200 to 399; the port is empty if the descriptor names one that is not there. */
    public record Http(String path, OptionalInt port, String scheme, Optional<String> host, Map<String, String> headers)
            implements Check {
        public Http {
            headers = Map.copyOf(headers);
        }
    }

    /** Passes if the command ends with 0. */
    public record Exec(List<String> command) implements Check {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /** Passes if a connection is accepted. */
    public record Tcp(OptionalInt port) implements Check {}

    /** Passes if gRPC's own health service says so. */
    public record Grpc(OptionalInt port, Optional<String> service) implements Check {}
}
