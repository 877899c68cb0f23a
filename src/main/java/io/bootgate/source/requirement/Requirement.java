package io.bootgate.source.requirement;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One distribution that is asked for (PEP 508).
 *
 * @param name as indexes compare it: lower case, with hyphens
 * @param url where it is taken from, if it is not an index
 */
public record Requirement(
        String name, Set<String> extras, List<Specifier> specifiers, Optional<String> url, Optional<String> marker) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*(?<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[(?<extras>[^\\]]*)\\])?\\s*"
                    + "(?:@\\s*(?<url>\\S+)|\\(?(?<specifiers>[^;()@]*)\\)?)\\s*(?:;(?<marker>.*))?");

    /** Empty if it is none. */
    public static Optional<Requirement> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String conditions = Optional.ofNullable(form.group("specifiers")).orElse("");
        Optional<List<Specifier>> specifiers = Specifier.all(conditions);
        if (specifiers.isEmpty()) {
            return Optional.empty();
        }
        Set<String> extras = new LinkedHashSet<>();
        for (String extra : Optional.ofNullable(form.group("extras")).orElse("").split(",", -1)) {
            if (!extra.isBlank()) {
                extras.add(normalised(extra.strip()));
            }
        }
        return Optional.of(new Requirement(
                normalised(form.group("name")),
                extras,
                specifiers.get(),
                Optional.ofNullable(form.group("url")),
                Optional.ofNullable(form.group("marker")).map(String::strip)));
    }

    /** A name as indexes compare it. */
    public static String normalised(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-").replaceAll("^-|-$", "");
    }

    /** Whether it is asked for on Linux with this Python; true where the marker cannot be told. */
    public boolean applies(OptionalInt minor) {
        if (marker.isEmpty()) {
            return true;
        }
        Map<String, String> environment = new HashMap<>(Map.of(
                "os_name", "posix",
                "sys_platform", "linux",
                "platform_system", "Linux",
                "platform_python_implementation", "CPython",
                "implementation_name", "cpython",
                "extra", ""));
        minor.ifPresent(version -> {
            environment.put("python_version", "3." + version);
            environment.put("python_full_version", "3." + version + ".99");
        });
        return Marker.holds(marker.get(), environment).orElse(true);
    }

    /** Whether exactly one version is allowed. */
    public boolean isPinned() {
        return url.isPresent()
                || specifiers.stream().anyMatch(one -> one.operator().startsWith("==") && !one.prefix());
    }

    /** The one version that is allowed. */
    public Optional<Version> pin() {
        return specifiers.stream()
                .filter(one -> one.operator().startsWith("==") && !one.prefix())
                .findFirst()
                .flatMap(one -> Version.of(one.version()));
    }

    public boolean allows(Version version) {
        return specifiers.stream().allMatch(specifier -> specifier.allows(version));
    }
}
