package io.bootgate.source.requirement;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads pyproject.toml (PEP 621, dependency groups, Poetry, uv) and Pipfile. */
public final class ProjectToml {
    private final TomlText toml;
    private final List<Listed> listed = new ArrayList<>();
    private final List<Requirements.Problem> problems = new ArrayList<>();
    private boolean opaque;

    private ProjectToml(TomlText toml) {
        this.toml = toml;
        toml.problem().ifPresent(problem -> {
            problems.add(problem);
            opaque = true;
        });
    }

    /** What a pyproject.toml asks for. */
    public static Requirements read(String path, String text) {
        ProjectToml file = new ProjectToml(TomlText.of(path, text));
        file.project();
        file.poetry();
        return file.requirements();
    }

    /** What a Pipfile asks for. */
    public static Requirements pipfile(String path, String text) {
        ProjectToml file = new ProjectToml(TomlText.of(path, text));
        file.table(file.toml.root().path("packages"), "[packages]", Optional.empty());
        file.table(file.toml.root().path("dev-packages"), "[dev-packages]", Optional.of("dev"));
        return file.requirements();
    }

    /** The versions of Python that the project says it runs on. */
    public static Optional<List<Specifier>> python(String path, String text) {
        JsonNode root = TomlText.of(path, text).root();
        String given = root.path("project").path("requires-python").asText("");
        if (given.isEmpty()) {
            given = caret(root.path("tool")
                    .path("poetry")
                    .path("dependencies")
                    .path("python")
                    .asText(""));
        }
        return given.isEmpty() ? Optional.empty() : Specifier.all(given);
    }

    private Requirements requirements() {
        return new Requirements(listed, List.of(), problems, opaque, false);
    }

    private void project() {
        JsonNode project = toml.root().path("project");
        names(project.path("dependencies"), "dependencies=", Optional.empty());
        for (JsonNode dynamic : project.path("dynamic")) {
            opaque |= dynamic.asText().equals("dependencies");
        }
        each(project.path("optional-dependencies"), (group, value) -> names(value, group + "=", Optional.of(group)));
        each(toml.root().path("dependency-groups"), (group, value) -> names(value, group + "=", Optional.of(group)));
        names(toml.root().path("tool").path("uv").path("dev-dependencies"), "dev-dependencies=", Optional.of("dev"));
    }

    private void names(JsonNode array, String heading, Optional<String> group) {
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                continue;
            }
            Optional<Requirement> requirement = Requirement.of(element.asText());
            if (requirement.isPresent()) {
                add(requirement.get(), heading, group);
            } else {
                problems.add(new Requirements.Problem(
                        toml.path(), toml.heading(heading), "\"" + element.asText() + "\" is no requirement."));
            }
        }
    }

    private void add(Requirement requirement, String heading, Optional<String> group) {
        int line = toml.line(requirement.name(), toml.heading(heading));
        listed.add(new Listed(requirement, toml.path(), line, group));
    }

    private void poetry() {
        JsonNode poetry = toml.root().path("tool").path("poetry");
        table(poetry.path("dependencies"), "[tool.poetry.dependencies]", Optional.empty());
        table(poetry.path("dev-dependencies"), "[tool.poetry.dev-dependencies]", Optional.of("dev"));
        each(
                poetry.path("group"),
                (group, value) -> table(
                        value.path("dependencies"),
                        "[tool.poetry.group." + group + ".dependencies]",
                        group.equals("main") ? Optional.empty() : Optional.of(group)));
    }

    /** {@code name = "^1.0"} or <code>name = {version = "^1.0", extras = ["x"], optional = true}</code>. */
    private void table(JsonNode table, String heading, Optional<String> group) {
        each(table, (name, value) -> {
            if (name.equals("python")) {
                return;
            }
            JsonNode one = value.isArray() && !value.isEmpty() ? value.get(0) : value;
            String version =
                    one.isTextual() ? one.asText() : one.path("version").asText("");
            Set<String> extras = new LinkedHashSet<>();
            one.path("extras").forEach(extra -> extras.add(Requirement.normalised(extra.asText())));
            boolean elsewhere = one.has("path") || one.has("git") || one.has("url") || one.has("file");
            opaque |= elsewhere;
            String marker = value.isArray() ? "" : one.path("markers").asText("");
            Requirement requirement = new Requirement(
                    Requirement.normalised(name),
                    extras,
                    Specifier.all(caret(version)).orElse(List.of()),
                    elsewhere ? Optional.of(one.toString()) : Optional.empty(),
                    marker.isEmpty() ? Optional.empty() : Optional.of(marker));
            boolean optional = one.path("optional").asBoolean(false);
            add(requirement, heading, optional ? Optional.of("extra") : group);
        });
    }

    /** Poetry's own conditions in those of PEP 440: {@code ^1.2} is {@code >=1.2,<2}. */
    static String caret(String version) {
        String text = version.strip();
        if (text.isEmpty() || text.equals("*")) {
            return "";
        }
        if (text.contains("||") || text.contains(" || ")) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            if (one.startsWith("^")) {
                parts.add(range(one.substring(1)));
            } else if (one.startsWith("~") && !one.startsWith("~=")) {
                String base = one.substring(1).strip();
                parts.add(
                        base.contains(".")
                                ? "~=" + base + (base.indexOf('.') == base.lastIndexOf('.') ? ".0" : "")
                                : ">=" + base);
            } else {
                parts.add(Character.isDigit(one.charAt(0)) ? "==" + one : one);
            }
        }
        return String.join(",", parts);
    }

    private static String range(String base) {
        String[] numbers = base.strip().split("\\.", -1);
        StringBuilder limit = new StringBuilder();
        for (int i = 0; i < numbers.length; i++) {
            if (!numbers[i].matches("[0-9]{1,9}")) {
                return ">=" + base.strip();
            }
            int number = Integer.parseInt(numbers[i]);
            if (number != 0 || i == numbers.length - 1) {
                return ">=" + base.strip() + ",<" + limit + (number + 1);
            }
            limit.append("0.");
        }
        return ">=" + base.strip();
    }

    static void each(JsonNode object, java.util.function.BiConsumer<String, JsonNode> action) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            action.accept(field.getKey(), field.getValue());
        }
    }
}
