package io.bootgate.goal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's caches are, on each system as its programs do it. */
final class UserCache {
    private UserCache() {}

    static Path folder(Map<String, String> environment, UserProperties properties) {
        return properties
                .or(null, "cacheDirectory")
                .map(Path::of)
                .orElseGet(() -> usual(environment).resolve("bootgate"));
    }

    private static Path usual(Map<String, String> environment) {
        return given(environment, "XDG_CACHE_HOME")
                .or(() -> given(environment, "LOCALAPPDATA"))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    }

    private static Optional<Path> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
