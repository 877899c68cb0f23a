package io.bootgate.goal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory as engines write it: {@code 512m}, {@code 1.5g}, in units of 1024. */
record ByteSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([bkmgt]?)(?:i?b)?");
    private static final String UNITS = "bkmgt";

    static ByteSize parse(String parameter, String text, String example) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "%s must be a number of bytes or one with a unit (k, m, g), but was \"%s\"."
                                    .formatted(parameter, text)
                            + " Example: " + example);
        }
        int power = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2));
        return new ByteSize(Math.round(Double.parseDouble(form.group(1)) * Math.pow(1024, power)));
    }
}
