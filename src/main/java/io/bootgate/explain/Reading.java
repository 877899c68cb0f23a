package io.bootgate.explain;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.Timeline;
import java.util.function.LongUnaryOperator;

/**
 * What was read of one source. On the timeline the numbers of lines rise, whatever they are in the file.
 *
 * @param lineInFile the number in the file of a line of the timeline, 0 for what is no line there
 */
record Reading(Timeline timeline, LongUnaryOperator lineInFile) {

    Reading with(BootEvent event) {
        return new Reading(timeline.with(event), lineInFile);
    }
}
