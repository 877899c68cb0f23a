package io.bootgate.server;

import io.bootgate.timeline.Stream;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A line that a logging framework wrote: the message, and what was said around it.
 *
 * @param at time of the line
 * @param pid of the process that wrote it, where the line tells
 * @param level in capitals, empty string where the line does not tell
 * @param message without what the format puts around it
 * @param own whether it is in the server's own default format
 */
record LogEntry(Duration at, Stream stream, OptionalInt pid, String level, String message, boolean own) {}
