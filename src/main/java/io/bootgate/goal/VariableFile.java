package io.bootgate.goal;

import io.bootgate.environment.Given;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose whole content is the value of one variable. */
final class VariableFile {
    /** What Linux takes for one variable, its name included. */
    private static final int LONGEST = 128 * 1024;

    private VariableFile() {}

    /** Without the line end that editors and {@code echo} put at the end. Errors never show what is in the file. */
    static Given read(String variable, Path file, String shown) {
        String parameter = "<envFromFiles><%s> is the file %s, which".formatted(variable, shown);
        if (shown.isBlank()) {
            throw new IllegalArgumentException(
                    "<envFromFiles><%1$s> names no file. Example: <envFromFiles><%1$s>deploy/%2$s</%1$s></envFromFiles>"
                            .formatted(variable, variable.toLowerCase(java.util.Locale.ROOT)));
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST);
            if (bytes.length + variable.length() + 2 > LONGEST) {
                throw new IllegalArgumentException(
                        parameter + " is larger than the 128 KiB that a variable can have. Give the service the file.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        parameter + " is no text: no variable can hold a NUL. Encode it, in base64 for instance.");
            }
            return new Given(text.replaceFirst("\\r?\\n\\z", ""), true, "the file " + shown);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(parameter + " is not UTF-8 text. Encode it, in base64 for instance.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s cannot be read: %s. Correct the path, or make the file readable for the user who builds."
                            .formatted(parameter, FileTrouble.reason(e)),
                    e);
        }
    }
}
