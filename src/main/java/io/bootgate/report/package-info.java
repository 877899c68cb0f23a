/** Writes a gate's result for people and programs: console, report.json, timeline and log files. */
@NullMarked
package io.bootgate.report;

import org.jspecify.annotations.NullMarked;
