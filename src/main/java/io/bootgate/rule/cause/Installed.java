package io.bootgate.rule.cause;

import io.bootgate.distribution.Requirement;
import io.bootgate.distribution.Version;
import io.bootgate.timeline.BootEvent.Distribution;
import io.bootgate.timeline.BootEvent.DistributionsSeen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which distributions are installed: by the image's own metadata, else by what pip said of them in the log. */
final class Installed {
    private static final Pattern INSTALLED = Pattern.compile("Successfully installed (\\S.*)");
    private static final Pattern NAME_VERSION = Pattern.compile("([\\w.-]+?)-(\\d[\\w.!+]*)(?: |$)");
    private static final Pattern SATISFIED =
            Pattern.compile("Requirement already satisfied: ([\\w.-]+).* \\((\\d[\\w.!+]*)\\)$");
    private static final Pattern FROZEN = Pattern.compile("^\\s*([A-Za-z][\\w.-]*)==(\\d[\\w.!+]*)\\s*$");

    private final Map<String, Version> versions = new HashMap<>();
    private final Map<String, Distribution> byName = new HashMap<>();
    private final Map<String, String> byImport = new HashMap<>();

    private Installed() {}

    static Installed by(Symptoms symptoms) {
        Installed installed = new Installed();
        Optional<DistributionsSeen> seen = symptoms.timeline().last(DistributionsSeen.class);
        seen.ifPresent(all -> installed.versions.put("python", new Version(all.python())));
        seen.ifPresent(all -> all.distributions().forEach(installed::add));
        if (seen.isEmpty()) {
            symptoms.python().ifPresent(minor -> installed.versions.put("python", new Version("3." + minor)));
            symptoms.lines().forEach(line -> installed.read(line.text()));
        }
        return installed;
    }

    private void add(Distribution one) {
        String name = Requirement.normalized(one.name());
        versions.put(name, new Version(one.version()));
        byName.put(name, one);
        one.imports().forEach(module -> byImport.putIfAbsent(module, one.name()));
    }

    private void read(String line) {
        Matcher all = INSTALLED.matcher(line);
        if (all.find()) {
            for (Matcher one = NAME_VERSION.matcher(all.group(1)); one.find(); ) {
                versions.put(Requirement.normalized(one.group(1)), new Version(one.group(2)));
            }
            return;
        }
        for (Pattern pattern : List.of(SATISFIED, FROZEN)) {
            Matcher one = pattern.matcher(line);
            if (one.find()) {
                versions.put(Requirement.normalized(one.group(1)), new Version(one.group(2)));
            }
        }
    }

    /** Empty if it is not known, which does not say that it is not there. */
    Optional<Version> version(String distribution) {
        return Optional.ofNullable(versions.get(Requirement.normalized(distribution)));
    }

    /** The distribution that brings a top-level module: by its metadata, else the one that is known to. */
    String bringing(String module) {
        String top = Distributions.top(module);
        String known = byImport.get(top);
        return known != null ? known : Distributions.forImport(module).replaceFirst("[<>=!~\\[].*", "");
    }

    /** Name and version, the name alone where the version is not known. */
    String told(String distribution) {
        return distribution
                + version(distribution).map(version -> " " + version).orElse("");
    }

    /** What the one asks of the other by its own metadata, where that is not what is installed. */
    Optional<Requirement> unmet(String distribution, String other) {
        Distribution asking = byName.get(Requirement.normalized(distribution));
        Optional<Version> there = version(other);
        if (asking == null || there.isEmpty()) {
            return Optional.empty();
        }
        return asking.requires().stream()
                .flatMap(text -> Requirement.of(text).stream())
                .filter(asked -> asked.marker().isEmpty() && asked.isAbout(other))
                .filter(asked -> !asked.range().contains(there.get()))
                .findFirst();
    }
}
