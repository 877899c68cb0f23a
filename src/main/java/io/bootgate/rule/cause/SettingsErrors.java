package io.bootgate.rule.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pydantic validation error of a settings class, version 1 or 2, field by field.
 *
 * @param missing fields without a value
 * @param invalid fields with a value that does not fit
 */
record SettingsErrors(String settings, List<Field> missing, List<Field> invalid) {
    private static final Pattern TITLE = Pattern.compile("^(\\d+) validation errors? for (\\S+)");
    private static final Pattern MISSING = Pattern.compile("(?i)^\\s+field required");
    private static final Pattern REASON = Pattern.compile("^\\s+(.+?)(?: \\[type=| \\(type=|$)");
    private static final Pattern NAME = Pattern.compile("^[A-Za-z_][\\w.\\-]*$");

    /** One field; the variable's name is the field's in upper case, if the settings class adds no prefix. */
    record Field(String name, String reason, Line line) {
        String variable() {
            return name.replace(".", "__").toUpperCase(Locale.ROOT);
        }
    }

    SettingsErrors {
        missing = List.copyOf(missing);
        invalid = List.copyOf(invalid);
    }

    /** Empty if it is another exception, or validates something other than settings. */
    static Optional<SettingsErrors> of(Raised raised) {
        Matcher title = TITLE.matcher(raised.message().strip());
        if (!raised.is("ValidationError") || !title.find() || !isOfSettings(raised, title.group(2))) {
            return Optional.empty();
        }
        List<Field> missing = new ArrayList<>();
        List<Field> invalid = new ArrayList<>();
        List<Line> lines = raised.exception().lines();
        for (int i = 0; i + 1 < lines.size(); i++) {
            String name = lines.get(i).text().strip();
            String reason = lines.get(i + 1).text();
            Matcher said = REASON.matcher(reason);
            if (i > 0
                    && NAME.matcher(name).matches()
                    && reason.startsWith("  ")
                    && said.find()
                    && !lines.get(i).text().startsWith(" ")) {
                (MISSING.matcher(reason).find() ? missing : invalid).add(new Field(name, said.group(1), lines.get(i)));
            }
        }
        return Optional.of(new SettingsErrors(title.group(2), missing, invalid));
    }

    private static boolean isOfSettings(Raised raised, String title) {
        return Pattern.compile("(?i)settings|config|env").matcher(title).find()
                || raised.exception().frames().stream()
                        .anyMatch(f -> f.file().contains("pydantic_settings")
                                || f.file().contains("env_settings"));
    }
}
