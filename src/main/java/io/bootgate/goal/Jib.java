package io.bootgate.goal;

import io.bootgate.image.jib.JibBuild;
import io.bootgate.image.jib.JibTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** {@code <jib>}: how the image of a Python service is laid together without a Dockerfile. */
public final class Jib {
    private static final String BASE = "python:3.12-slim";

    private @Nullable String from;
    private @Nullable String app;
    private @Nullable String requirements;
    private @Nullable String python;
    private @Nullable String module;
    private @Nullable PlexusConfiguration entrypoint;
    private @Nullable String port;
    private @Nullable String platform;
    private @Nullable String to;
    private List<String> tags = new ArrayList<>();
    private List<String> insecureRegistries = new ArrayList<>();
    private @Nullable String user;
    private @Nullable String owner;
    private Map<String, String> labels = Map.of();
    private List<String> excludes = new ArrayList<>();

    /** What is told by the project and by Maven, not by {@code <jib>}. */
    record Surroundings(
            Path project, Path output, Path archive, Path cache, Map<String, String> labels, boolean offline) {}

    /** @param evaluate what Maven makes of an expression; null if it has no value */
    JibBuild toSpec(
            String reference,
            Surroundings around,
            UserProperties properties,
            Function<String, @Nullable String> evaluate) {
        return new JibBuild(
                reference,
                around.project(),
                properties.or(from, "jib.from").orElse(BASE),
                Path.of(properties.or(app, "jib.app").orElse("")),
                properties.or(requirements, "jib.requirements").map(Path::of),
                properties.or(python, "jib.python").map(Jib::version),
                properties.or(module, "jib.module").map(Jib::target),
                CommandLine.of(entrypoint, evaluate),
                properties
                        .or(port, "jib.port")
                        .map(text -> OptionalInt.of(VerifyMojo.portNumber("<jib><port>", text)))
                        .orElseGet(OptionalInt::empty),
                platforms(properties),
                properties.all(tags, "jib.tags"),
                insecureRegistries(properties),
                around.archive(),
                properties.or(user, "jib.user").orElse("1000:1000"),
                properties.or(owner, "jib.owner").map(Jib::owner).orElse("0:0"),
                allLabels(around.labels()),
                properties.all(excludes, "jib.excludes"),
                around.output(),
                around.cache(),
                System.getenv(),
                around.offline());
    }

    Set<String> insecureRegistries(UserProperties properties) {
        return Set.copyOf(properties.all(insecureRegistries, "jib.insecureRegistries"));
    }

    JibTarget target(UserProperties properties) {
        String word = Choice.of(
                "<jib><to>", properties.or(to, "jib.to").orElse("engine"), List.of("engine", "tar", "registry"));
        return JibTarget.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Map<String, String> allLabels(Map<String, String> told) {
        Map<String, String> all = new LinkedHashMap<>(told);
        all.putAll(labels);
        return all;
    }

    /** Containers run on Linux, on whatever system Maven does. */
    private static String ownPlatform() {
        String machine = System.getProperty("os.arch", "");
        return machine.equals("aarch64") || machine.equals("arm64") ? "linux/arm64" : "linux/amd64";
    }

    private List<String> platforms(UserProperties properties) {
        List<String> named = properties.or(platform, "jib.platform").stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .map(Jib::platform)
                .distinct()
                .sorted(Comparator.comparing(name -> !name.equals(ownPlatform())))
                .toList();
        return named.isEmpty() ? List.of(ownPlatform()) : named;
    }

    private static String platform(String text) {
        if (!text.matches("[a-z0-9]+/[a-z0-9_]+")) {
            throw new IllegalArgumentException(
                    "<jib><platform> must be os/architecture, or several with commas, but was \"%s\". Example: linux/arm64"
                            .formatted(text));
        }
        return text;
    }

    /** Where the app is: the same for deciding whether there is one. */
    Path app(UserProperties properties) {
        return Path.of(properties.or(app, "jib.app").orElse(""));
    }

    private static String version(String text) {
        if (!text.matches("3\\.\\d{1,2}")) {
            throw new IllegalArgumentException(
                    "<jib><python> must be a version as the image's python3 has it, but was \"%s\". Example: 3.12"
                            .formatted(text));
        }
        return text;
    }

    private static String target(String text) {
        if (!text.matches("[\\w.]+:[\\w.]+(?:\\(.*\\))?")) {
            throw new IllegalArgumentException(
                    "<jib><module> must be module:attribute, but was \"%s\". Example: shop.wsgi:application"
                            .formatted(text));
        }
        return text;
    }

    private static String owner(String text) {
        if (!text.matches("\\d+:\\d+")) {
            throw new IllegalArgumentException(
                    "<jib><owner> must be the numbers of a user and a group, but was \"%s\". Example: 1000:1000"
                            .formatted(text));
        }
        return text;
    }
}
