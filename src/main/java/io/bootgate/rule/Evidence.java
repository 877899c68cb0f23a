package io.bootgate.rule;

import java.time.Duration;

/**
 * What a finding rests on: a line of the log, or something else that was seen.
 *
 * @param source {@code stdout}, {@code stderr}, or what was looked at: {@code engine}, {@code probe}, {@code processes},
 *     {@code sockets}, {@code healthcheck}, {@code image}, {@code build}
 * @param line number of the log line, 0 where it is none
 * @param text the line, or a sentence that says what was seen
 */
public record Evidence(String source, long line, Duration at, String text) {}
