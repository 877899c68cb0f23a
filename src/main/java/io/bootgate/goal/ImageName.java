package io.bootgate.goal;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names for what was not given a name. */
final class ImageName {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TAG = 128;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE =
            Pattern.compile("(?:(?:[a-zA-Z0-9][a-zA-Z0-9.-]*|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?/)?" + COMPONENT + "(?:/"
                    + COMPONENT + ")*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,})?");

    private ImageName() {}

    /** A valid name for image and files from an artifactId or the name of a folder. */
    static String service(String called) {
        String name =
                called.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String bounded =
                name.substring(0, Math.min(LONGEST_NAME, name.length())).replaceAll("-$", "");
        return bounded.isEmpty() ? "service" : bounded;
    }

    /** A valid tag from a version: {@code 1.0+build} becomes {@code 1.0-build}. */
    static String tag(String version) {
        String tag = version.replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[.-]+", "");
        return tag.isEmpty() ? "latest" : tag.substring(0, Math.min(LONGEST_TAG, tag.length()));
    }

    /** The reference if it is one. */
    static String checked(String reference) {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    "<image> must be a name in lower case with an optional tag, but was \"%s\".".formatted(reference)
                            + " Example: acme/orders:1.0");
        }
        return reference;
    }
}
