package io.bootgate.engine;

/** The two streams of a container's log. */
public enum LogStream {
    STDOUT,
    STDERR
}
