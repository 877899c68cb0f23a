package io.bootgate.goal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of variables in the format of {@code docker run --env-file}: {@code NAME=value} with the value as it stands, quotes
 * included; {@code NAME} alone takes the value from the environment; lines that start with # are comments.
 */
final class EnvFile {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private EnvFile() {}

    /** Errors name file and line and never show text of the file: it may be a secret. */
    static Map<String, String> read(Path file, Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(file).split("\n", -1)) {
            number++;
            String content = line.stripLeading();
            if (content.isBlank() || content.startsWith("#")) {
                continue;
            }
            int equals = content.indexOf('=');
            String name = equals < 0 ? content.stripTrailing() : content.substring(0, equals);
            check(name, file + ":" + number);
            if (equals >= 0) {
                variables.put(name, withoutReturn(content.substring(equals + 1)));
            } else if (environment.containsKey(name)) {
                variables.put(name, environment.getOrDefault(name, ""));
            }
        }
        return variables;
    }

    private static void check(String name, String where) {
        if (name.startsWith("export ")) {
            throw new IllegalArgumentException(
                    "<envFile> %s starts with \"export\", which belongs in shell scripts. Write NAME=value."
                            .formatted(where));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "<envFile> %s has no valid name before the first \"=\". Write NAME=value,".formatted(where)
                            + " one variable per line; a value cannot go on in the next line. (The line is not shown: it may hold"
                            + " a secret.)");
        }
    }

    private static String text(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("<envFile> " + file + " is not UTF-8 text. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "<envFile> %s cannot be read: %s. Correct the path, or make the file readable for the user who builds."
                            .formatted(file, FileTrouble.reason(e)),
                    e);
        }
    }

    private static String withoutReturn(String value) {
        return value.endsWith("\r") ? value.substring(0, value.length() - 1) : value;
    }
}
