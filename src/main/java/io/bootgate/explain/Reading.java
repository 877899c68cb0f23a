package io.bootgate.explain;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.Timeline;

/**
 * What was read of one source. On the timeline the numbers of lines rise; of a log that was newest first they are mirrored.
 *
 * @param mirror the sum of a line's number on the timeline and its number in the file, 0 if they are the same
 */
record Reading(Timeline timeline, long mirror) {

    long lineInFile(long number) {
        return mirror == 0 ? number : mirror - number;
    }

    Reading with(BootEvent event) {
        return new Reading(timeline.with(event), mirror);
    }
}
