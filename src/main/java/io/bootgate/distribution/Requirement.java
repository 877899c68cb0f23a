package io.bootgate.distribution;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distribution in certain versions, as requirement files and metadata write it: {@code Werkzeug>=2.2.2}.
 *
 * @param name as written
 * @param marker the condition behind the semicolon, empty string if there is none
 */
public record Requirement(String name, VersionRange range, String marker) {
    private static final Pattern FORM = Pattern.compile(
            "^\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[[^\\]]*\\])?\\s*([^;@]*)(?:;(.*))?$");

    /** Empty if the text is no requirement by name. */
    public static Optional<Requirement> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String marker = form.group(3) == null ? "" : form.group(3).strip();
        return Optional.of(new Requirement(form.group(1), new VersionRange(form.group(2)), marker));
    }

    /** Whether this names the distribution, however it is spelled. */
    public boolean isAbout(String distribution) {
        return normalized(name).equals(normalized(distribution));
    }

    /** A name as the index compares it: {@code Flask_SQLAlchemy} is {@code flask-sqlalchemy}. */
    public static String normalized(String name) {
        return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }

    /** As a line of a requirement file. */
    @Override
    public String toString() {
        return name + range;
    }
}
