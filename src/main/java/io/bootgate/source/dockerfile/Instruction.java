package io.bootgate.source.dockerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One instruction of a Dockerfile.
 *
 * @param name the first word as written
 * @param flags {@code --from=build}, ... as written
 * @param arguments what follows the flags, continued lines joined
 * @param line of its first character, 1 for the file's first
 * @param lastLine of its last character, heredocs included
 */
public record Instruction(
        String name, List<String> flags, String arguments, List<Heredoc> heredocs, int line, int lastLine) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public Instruction {
        flags = List.copyOf(flags);
        heredocs = List.copyOf(heredocs);
    }

    /** The instructions that this plugin has a use for. */
    public enum Keyword {
        FROM,
        ARG,
        ENV,
        WORKDIR,
        COPY,
        ADD,
        RUN,
        CMD,
        ENTRYPOINT,
        EXPOSE,
        USER,
        HEALTHCHECK,
        SHELL,
        ONBUILD
    }

    /**
     * Text inside the Dockerfile that stands for a file or script.
     *
     * @param name the word that ends it
     * @param expanded whether variables are replaced in it
     * @param line of its first line of text
     */
    public record Heredoc(String name, boolean expanded, String text, int line) {}

    public boolean is(Keyword keyword) {
        return name.equalsIgnoreCase(keyword.name());
    }

    /** The value of {@code --name=value}; an empty string for {@code --name}. */
    public Optional<String> flag(String flag) {
        return flags.stream()
                .filter(text -> text.equals("--" + flag) || text.startsWith("--" + flag + "="))
                .map(text -> text.substring(Math.min(text.length(), flag.length() + 3)))
                .findFirst();
    }

    /** The arguments parted at blanks, quotes left as they are. */
    public List<String> words() {
        String trimmed = arguments.trim();
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("\\s+", -1));
    }

    /** The arguments as an exec form ({@code ["python", "app.py"]}); empty if they are a shell form. */
    public Optional<List<String>> execForm() {
        String trimmed = arguments.trim();
        if (!trimmed.startsWith("[")) {
            return Optional.empty();
        }
        try {
            List<String> items = new ArrayList<>();
            for (JsonNode item : JSON.readTree(trimmed)) {
                if (!item.isTextual()) {
                    return Optional.empty();
                }
                items.add(item.textValue());
            }
            return Optional.of(List.copyOf(items));
        } catch (JsonProcessingException e) {
            // The engine takes it for a shell form then, single quotes and all.
            return Optional.empty();
        }
    }

    /** What an ONBUILD leaves to the next build. */
    public Optional<Instruction> trigger() {
        if (!is(Keyword.ONBUILD)) {
            return Optional.empty();
        }
        return Dockerfile.parse(arguments).instructions().stream()
                .findFirst()
                .map(inner -> new Instruction(inner.name, inner.flags, inner.arguments, heredocs, line, lastLine));
    }

    /** The instruction in one line. */
    public String text() {
        String all = name.toUpperCase(Locale.ROOT) + " " + String.join(" ", flags) + " " + arguments;
        return all.trim().replaceAll("\\s+", " ");
    }
}
