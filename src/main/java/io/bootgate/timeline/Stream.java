package io.bootgate.timeline;

/** The stream of the container that a log line was written to. */
public enum Stream {
    STDOUT,
    STDERR
}
