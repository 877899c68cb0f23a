package io.bootgate.watch;

import io.bootgate.engine.LogStream;
import io.bootgate.timeline.BootEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** What the watch's threads tell its loop. */
sealed interface Signal {
    /** Something was seen at that time by the engine's clock. */
    record Happened(Instant instant, Function<Duration, BootEvent> event) implements Signal {}

    /** A piece of the log. */
    record Piece(Instant instant, LogStream stream, ByteBuffer bytes) implements Signal {}

    /** Both log streams ended. */
    record LogEnd() implements Signal {}

    /** The main process ended. */
    record End(Instant instant, int exitCode) implements Signal {}

    /** The engine is gone. */
    record Lost(String why) implements Signal {}
}
