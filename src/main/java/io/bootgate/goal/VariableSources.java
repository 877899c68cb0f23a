package io.bootgate.goal;

import io.bootgate.environment.Given;
import io.bootgate.environment.Sources;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters say about variables, read: {@code <envFile>}, then {@code <envFromServers>} and {@code <envFromFiles>},
 * then {@code <env>}, the strongest last.
 */
record VariableSources(
        @Nullable File envFile,
        Map<String, String> fromServers,
        Map<String, String> fromFiles,
        Map<String, String> env,
        SettingsServers servers,
        Path base) {
    private static final String NOT_READ = "***";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    Sources read() {
        return Sources.NONE.with(ofEnvFile()).with(ofServersAndFiles()).with(ofEnv());
    }

    /** The same without looking at servers and files, which only the machine that boots may have: their values are made up. */
    Sources readNames() {
        Map<String, Given> given = new LinkedHashMap<>();
        fromServers.keySet().forEach(name -> given.put(name, new Given(NOT_READ, true, "<envFromServers>")));
        fromFiles.keySet().forEach(name -> given.put(name, new Given(NOT_READ, true, "<envFromFiles>")));
        return Sources.NONE.with(ofEnvFile()).with(given).with(ofEnv());
    }

    private Map<String, Given> ofEnvFile() {
        Map<String, Given> given = new LinkedHashMap<>();
        if (envFile != null) {
            String shown = shown(envFile.toPath());
            EnvFile.read(envFile.toPath(), System.getenv())
                    .forEach((name, value) -> given.put(name, new Given(value, false, shown)));
        }
        return given;
    }

    private Map<String, Given> ofServersAndFiles() {
        Map<String, Given> given = new LinkedHashMap<>();
        fromServers.forEach((name, server) -> {
            checked("<envFromServers>", name);
            given.put(name, servers.value(name, server.strip()));
        });
        fromFiles.forEach((name, file) -> {
            checked("<envFromFiles>", name);
            Path path = base.resolve(file.strip());
            if (given.put(name, VariableFile.read(name, path, shown(path))) != null) {
                throw new IllegalArgumentException(
                        "%s is both in <envFromServers> and in <envFromFiles>. Remove one of them.".formatted(name));
            }
        });
        return given;
    }

    private Map<String, Given> ofEnv() {
        Map<String, Given> given = new LinkedHashMap<>();
        env.forEach((name, value) -> given.put(name, new Given(value, false, "<env>")));
        return given;
    }

    private static void checked(String parameter, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s has an element <%s>, which is no name of a variable. Example: %1$s<DATABASE_PASSWORD>...</DATABASE_PASSWORD>"
                            .formatted(parameter, name));
        }
    }

    private String shown(Path path) {
        Path absolute = base.resolve(path).normalize();
        Path shown = absolute.startsWith(base) && !absolute.equals(base) ? base.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
