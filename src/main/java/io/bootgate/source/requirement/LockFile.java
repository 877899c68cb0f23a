package io.bootgate.source.requirement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads poetry.lock, uv.lock, pdm.lock and Pipfile.lock: complete lists of what is installed, and for which group. */
public final class LockFile {
    private final TomlText toml;
    private final Map<String, JsonNode> packages = new LinkedHashMap<>();

    private LockFile(TomlText toml) {
        this.toml = toml;
        for (JsonNode one : toml.root().path("package")) {
            packages.putIfAbsent(Requirement.normalised(one.path("name").asText("")), one);
        }
    }

    /**
     * What a lock file installs.
     *
     * @param wanted what the project itself asks for, to tell its own groups apart
     */
    public static Requirements read(String path, String text, Requirements wanted) {
        LockFile lock = new LockFile(TomlText.of(path, text));
        if (lock.toml.problem().isPresent()) {
            return new Requirements(
                    List.of(), List.of(), List.of(lock.toml.problem().get()), true, false);
        }
        return path.endsWith("Pipfile.lock") ? lock.pipfile() : lock.resolved(wanted);
    }

    private Requirements pipfile() {
        List<Listed> listed = new ArrayList<>();
        ProjectToml.each(
                toml.root().path("default"), (name, value) -> listed.add(pinned(name, value, Optional.empty())));
        ProjectToml.each(toml.root().path("develop"), (name, value) -> {
            if (!toml.root().path("default").has(name)) {
                listed.add(pinned(name, value, Optional.of("dev")));
            }
        });
        return new Requirements(listed, List.of(), List.of(), false, true);
    }

    private Listed pinned(String name, JsonNode value, Optional<String> group) {
        String version = value.path("version").asText("").replaceFirst("^=+", "");
        return listed(name, version, group);
    }

    private Listed listed(String name, String version, Optional<String> group) {
        List<Specifier> specifiers =
                Version.of(version).isPresent() ? List.of(new Specifier("==", version, false)) : List.of();
        Requirement requirement =
                new Requirement(Requirement.normalised(name), Set.of(), specifiers, Optional.empty(), Optional.empty());
        return new Listed(requirement, toml.path(), toml.line(name, 1), group);
    }

    private Requirements resolved(Requirements wanted) {
        Set<String> main = mainPackages(wanted);
        List<Listed> listed = new ArrayList<>();
        packages.forEach((name, one) -> {
            if (!isProject(one)) {
                listed.add(listed(
                        name,
                        one.path("version").asText(""),
                        main.contains(name) ? Optional.empty() : Optional.of("dev")));
            }
        });
        return new Requirements(listed, List.of(), List.of(), false, true);
    }

    private static boolean isProject(JsonNode one) {
        JsonNode source = one.path("source");
        return source.has("virtual") || source.path("editable").asText("").equals(".");
    }

    private Set<String> mainPackages(Requirements wanted) {
        Deque<String> open = new ArrayDeque<>();
        packages.forEach((name, one) -> {
            boolean named = one.path("category").asText("").equals("main");
            for (JsonNode group : one.path("groups")) {
                named |= group.asText().equals("main") || group.asText().equals("default");
            }
            if (named) {
                open.add(name);
            } else if (isProject(one)) {
                dependencies(one).forEach(open::add);
            }
        });
        wanted.listed().stream().filter(listed -> listed.group().isEmpty()).forEach(listed -> open.add(listed.name()));
        Set<String> reached = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.poll();
            if (reached.add(name) && packages.containsKey(name)) {
                open.addAll(dependencies(packages.get(name)));
            }
        }
        return reached;
    }

    /** Names of what a package needs, its extras included: too many do no harm here. */
    private static List<String> dependencies(JsonNode one) {
        List<String> names = new ArrayList<>();
        JsonNode dependencies = one.path("dependencies");
        if (dependencies.isArray()) {
            dependencies.forEach(dependency -> names.add(
                    dependency.isTextual()
                            ? Requirement.of(dependency.asText())
                                    .map(Requirement::name)
                                    .orElse("")
                            : Requirement.normalised(dependency.path("name").asText(""))));
        } else {
            ProjectToml.each(dependencies, (name, value) -> names.add(Requirement.normalised(name)));
        }
        ProjectToml.each(
                one.path("optional-dependencies"),
                (extra, value) -> value.forEach(dependency ->
                        names.add(Requirement.normalised(dependency.path("name").asText("")))));
        return names;
    }
}
