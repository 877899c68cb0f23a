package io.bootgate.image.jib;

import io.bootgate.image.jib.RequirementFiles.Place;
import java.util.List;

/** What the project asks for cannot be had: the project's own fault, told with its place. */
final class RequirementFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String fix;
    private final transient List<String> output;

    RequirementFailure(Place place, String reason, String fix, List<String> output) {
        super(reason);
        this.place = place;
        this.fix = fix;
        this.output = List.copyOf(output);
    }

    Place place() {
        return place;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String fix() {
        return fix;
    }

    List<String> output() {
        return output;
    }
}
