package io.bootgate.source.requirement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TOML or JSON file as a tree, and the lines at which names stand in it.
 *
 * @param root an empty object where it could not be read
 * @param problem why it could not be read
 */
record TomlText(String path, List<String> lines, JsonNode root, Optional<Requirements.Problem> problem) {
    private static final ObjectMapper TOML = new TomlMapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAMED = Pattern.compile("\\s*(?:name\\s*=\\s*)?[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)");

    static TomlText of(String path, String text) {
        ObjectMapper mapper = path.endsWith(".lock") && text.stripLeading().startsWith("{") ? JSON : TOML;
        try {
            JsonNode root = mapper.readTree(text);
            return new TomlText(
                    path, text.lines().toList(), root == null ? JSON.createObjectNode() : root, Optional.empty());
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null
                    ? 1
                    : Math.max(1, broken.getLocation().getLineNr());
            return new TomlText(
                    path,
                    List.of(),
                    JSON.createObjectNode(),
                    Optional.of(new Requirements.Problem(path, line, broken.getOriginalMessage())));
        }
    }

    /** The first line at or behind the given one that starts with this name, as indexes compare names; 0 if there is none. */
    int line(String name, int from) {
        String wanted = Requirement.normalised(name);
        for (int i = Math.max(0, from - 1); i < lines.size(); i++) {
            Matcher named = NAMED.matcher(lines.get(i));
            if (named.lookingAt() && Requirement.normalised(named.group(1)).equals(wanted)) {
                return i + 1;
            }
        }
        String quoted = "(?i).*[\"'\\[]" + Pattern.quote(name).replace("-", "\\E[-_.]\\Q") + "\\b.*";
        for (int i = Math.max(0, from - 1); i < lines.size(); i++) {
            if (lines.get(i).matches(quoted)) {
                return i + 1;
            }
        }
        return 0;
    }

    /** The line of a table's heading, or of a key; 1 if there is none. */
    int heading(String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().replace(" ", "").startsWith(text)) {
                return i + 1;
            }
        }
        return 1;
    }
}
