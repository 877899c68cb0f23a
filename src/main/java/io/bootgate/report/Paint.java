package io.bootgate.report;

import java.util.Map;
import java.util.Optional;

/** Colours for the terminal, or none. */
public record Paint(boolean on) {
    public static final Paint NONE = new Paint(false);

    /**
     * Colours where a person is looking and has not declined them.
     *
     * @param styleColor Maven's {@code -Dstyle.color}: {@code always} and {@code never} decide alone
     * @param interactive false with {@code -B}
     * @param terminal whether the output is a terminal
     * @param environment of this process: NO_COLOR, CI and TERM=dumb decline
     */
    public static Paint wanted(
            Optional<String> styleColor, boolean interactive, boolean terminal, Map<String, String> environment) {
        boolean declined = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || !environment.getOrDefault("CI", "false").equalsIgnoreCase("false")
                || environment.getOrDefault("TERM", "").equals("dumb");
        return switch (styleColor.orElse("auto")) {
            case "always" -> new Paint(true);
            case "never" -> NONE;
            default -> new Paint(interactive && terminal && !declined);
        };
    }

    String good(String text) {
        return in("1;32", text);
    }

    String bad(String text) {
        return in("1;31", text);
    }

    String odd(String text) {
        return in("33", text);
    }

    String strong(String text) {
        return in("1", text);
    }

    String faint(String text) {
        return in("2", text);
    }

    private String in(String code, String text) {
        return on ? "\u001B[" + code + "m" + text + "\u001B[m" : text;
    }
}
