package io.bootgate.explain;

import io.bootgate.gate.Secrets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that a log sets under secret names ({@code DB_PASSWORD=...}) or shows in URLs, learned so that they can be masked. */
final class LoggedSecrets {
    private static final int SHORTEST = 6;
    private static final int MOST = 2_000;
    private static final Pattern SETTING = Pattern.compile(
            "\\b([A-Z][A-Z0-9_]{2,63}|password|passwd|pwd|secret|token)=[\"']?([^\\s\"',;&()\\[\\]{}]+)");
    private static final Pattern URL = Pattern.compile("\\b[a-z][a-z0-9+.-]{1,20}://[^\\s:/@\"']*:([^\\s/@\"']+)@");

    private final Secrets names;
    private final Set<String> values = new LinkedHashSet<>();

    LoggedSecrets(Secrets names) {
        this.names = names;
    }

    void learn(String text) {
        if (text.indexOf('=') >= 0) {
            for (Matcher setting = SETTING.matcher(text); setting.find(); ) {
                String name = setting.group(1);
                boolean word = Character.isLowerCase(name.charAt(0));
                // "password=settings.PASSWORD" is a line of code.
                if (word ? setting.group(2).matches(".*\\d.*") : names.isSecret(name)) {
                    keep(setting.group(2));
                }
            }
        }
        if (text.contains("://")) {
            for (Matcher url = URL.matcher(text); url.find(); ) {
                keep(url.group(1));
            }
        }
    }

    private void keep(String value) {
        if (value.length() >= SHORTEST && values.size() < MOST) {
            values.add(value);
        }
    }

    Secrets known() {
        return names.withValues(values);
    }
}
