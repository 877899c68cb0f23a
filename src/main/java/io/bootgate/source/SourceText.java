package io.bootgate.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text of a source file.
 *
 * @param path as in {@link ProjectFile#path()}
 * @param text without a byte order mark; line ends as they are
 * @param marked whether it starts with a byte order mark
 * @param utf8 false if it is read as Latin-1, because it is not UTF-8
 */
public record SourceText(String path, String text, boolean marked, boolean utf8) {
    private static final int LOOKED_AT = 8000;

    /** Decodes a file; empty if it is no text. */
    public static Optional<SourceText> of(String path, byte[] bytes) {
        if (isBinary(bytes)) {
            return Optional.empty();
        }
        boolean utf8 = true;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, StandardCharsets.ISO_8859_1);
            utf8 = false;
        }
        boolean marked = text.startsWith("\uFEFF");
        return Optional.of(new SourceText(path, marked ? text.substring(1) : text, marked, utf8));
    }

    private static boolean isBinary(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /** The lines without their ends. */
    public List<String> lines() {
        return text.lines().toList();
    }

    /** The text of a line, 1 for the first; empty if there is none. */
    public Optional<String> line(int number) {
        return number < 1 ? Optional.empty() : text.lines().skip(number - 1L).findFirst();
    }
}
