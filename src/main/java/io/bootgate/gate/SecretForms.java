package io.bootgate.gate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The ways in which one secret value is written by programs. */
final class SecretForms {
    private static final int SHORTEST_PART_OF_BASE64 = 6;
    private static final int SHORTEST_IN_HEX = 4;
    private static final String UNRESERVED = "-_.~";

    private SecretForms() {}

    static Stream<String> of(String value) {
        return Stream.of(
                        Stream.of(value),
                        urlEncoded(value),
                        base64(value),
                        escaped(value),
                        inMarkup(value),
                        quoted(value),
                        inHex(value))
                .flatMap(forms -> forms);
    }

    /** As error pages show it: by Python's {@code html.escape}, MarkupSafe, Java and XML. */
    private static Stream<String> inMarkup(String value) {
        String text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return Stream.of(
                text,
                text.replace("\"", "&quot;").replace("'", "&#x27;"),
                text.replace("\"", "&quot;").replace("'", "&#39;"),
                text.replace("\"", "&#34;").replace("'", "&#39;"),
                text.replace("\"", "&quot;").replace("'", "&apos;"));
    }

    /** As shells write it with {@code set -x}, and Python's {@code shlex.quote}. */
    private static Stream<String> quoted(String value) {
        return Stream.of(value.replace("'", "'\\''"), value.replace("'", "'\"'\"'"));
    }

    private static Stream<String> inHex(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return bytes.length < SHORTEST_IN_HEX
                ? Stream.of()
                : Stream.of(
                        HexFormat.of().formatHex(bytes),
                        HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /** As Python's {@code quote} and {@code quote_plus}, JavaScript's {@code encodeURIComponent} and Java write it. */
    private static Stream<String> urlEncoded(String value) {
        return Stream.of(UNRESERVED, UNRESERVED + "/", UNRESERVED + "!'()*", "-_.*")
                .flatMap(safe -> Stream.of("%%%02X", "%%%02x").map(hex -> percentEncoded(value, safe, hex)))
                .flatMap(encoded -> Stream.of(encoded, encoded.replace("%20", "+")));
    }

    private static String percentEncoded(String value, String safe, String hex) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean kept = (c < 0x80 && Character.isLetterOrDigit(c)) || safe.indexOf(c) >= 0;
            encoded.append(kept ? String.valueOf(c) : hex.formatted((int) c));
        }
        return encoded.toString();
    }

    /**
     * The value's own encoding, and the part of it that is the same whatever stands before and after the value, as in
     * {@code Authorization: Basic base64(user:value)}: one for each of the three places where it may start in a group.
     */
    private static Stream<String> base64(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder()).flatMap(encoder -> {
            String whole = encoder.encodeToString(bytes);
            Stream<String> parts = IntStream.range(0, 3)
                    .mapToObj(before -> {
                        byte[] shifted = new byte[before + bytes.length];
                        System.arraycopy(bytes, 0, shifted, before, bytes.length);
                        return encoder.encodeToString(shifted).substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
                    })
                    .filter(part -> part.length() >= SHORTEST_PART_OF_BASE64);
            return Stream.concat(Stream.of(whole, whole.replace("=", "")), parts);
        });
    }

    /** As JSON, and as Python's {@code repr} and {@code ascii} of text and of bytes. */
    private static Stream<String> escaped(String value) {
        IntPredicate beyondAscii = c -> c >= 0x7F;
        IntPredicate never = c -> false;
        return Stream.of(
                        escape(value, "\"\\", "\\u%04x", never),
                        escape(value, "\"\\", "\\u%04x", beyondAscii),
                        escape(value, "\"\\", "\\u%04X", beyondAscii),
                        escape(value, "\"\\/", "\\u%04x", beyondAscii),
                        escape(value, "\\", "\\x%02x", never),
                        escape(value, "'\\", "\\x%02x", never),
                        escape(value, "\\", "\\x%02x", beyondAscii),
                        escape(value, "'\\", "\\x%02x", beyondAscii))
                .flatMap(form -> Stream.of(form, asBytes(form)));
    }

    private static String escape(String value, String withBackslash, String asCode, IntPredicate alsoAsCode) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (withBackslash.indexOf(c) >= 0) {
                        escaped.append('\\').append(c);
                    } else if (c < ' ' || alsoAsCode.test(c)) {
                        escaped.append((c > 0xFF ? "\\u%04x" : asCode).formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** What is left of text beyond ASCII when Python prints its UTF-8 bytes. */
    private static String asBytes(String text) {
        StringBuilder printed = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            printed.append(b >= 0 ? String.valueOf((char) b) : "\\x%02x".formatted(b & 0xFF));
        }
        return printed.toString();
    }
}
