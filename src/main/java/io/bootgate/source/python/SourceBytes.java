package io.bootgate.source.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bytes of a source file, which says itself in which encoding it is (PEP 263). */
public final class SourceBytes {
    private static final Pattern COOKIE = Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-\\w.]+)");
    private static final Pattern BLANK = Pattern.compile("^[ \\t\\f]*(#.*)?$");

    private SourceBytes() {}

    /** The text; bytes that are not of the file's encoding are replaced. */
    public static String text(byte[] bytes) {
        return new String(bytes, charset(bytes).orElse(StandardCharsets.UTF_8));
    }

    /** Where the bytes are not of the encoding that the file is in: Python refuses such a file. */
    public static Optional<SyntaxProblem> problem(byte[] bytes) {
        Optional<Charset> charset = charset(bytes);
        if (charset.isEmpty()) {
            return Optional.of(new SyntaxProblem(
                    new Position(1, 1), "unknown encoding: " + cookie(bytes).orElse("")));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            charset.get().newDecoder().decode(buffer);
            return Optional.empty();
        } catch (CharacterCodingException wrong) {
            return Optional.of(undecodable(bytes, charset.get()));
        }
    }

    private static SyntaxProblem undecodable(byte[] bytes, Charset charset) {
        int line = 1;
        int start = 0;
        for (int end = 0; end <= bytes.length; end++) {
            if (end == bytes.length || bytes[end] == '\n') {
                try {
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
                } catch (CharacterCodingException here) {
                    break;
                }
                line++;
                start = end + 1;
            }
        }
        return new SyntaxProblem(
                new Position(line, 1),
                "Non-UTF-8 code in a file without a declared encoding: save it as UTF-8, or declare its encoding in its first line");
    }

    private static Optional<Charset> charset(byte[] bytes) {
        Optional<String> name = cookie(bytes);
        if (name.isEmpty()) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        String plain = name.get().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        if (plain.startsWith("latin-1") || plain.equals("latin1") || plain.startsWith("iso-latin-1")) {
            return Optional.of(StandardCharsets.ISO_8859_1);
        }
        if (plain.startsWith("utf-8") || plain.equals("utf8")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        try {
            return Optional.of(Charset.forName(plain.startsWith("cp") ? "windows-" + plain.substring(2) : plain));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return knownToPythonOnly(plain) ? Optional.of(StandardCharsets.ISO_8859_1) : Optional.empty();
        }
    }

    /** Encodings that Java may lack; their bytes are taken as they are. */
    private static boolean knownToPythonOnly(String name) {
        return name.matches(
                "(cp|mac|koi8|big5|euc|iso|shift|gb|hz|johab|ptcp|tis|kz|palmos|utf).*|rot.?13|raw-unicode-escape");
    }

    private static Optional<String> cookie(byte[] bytes) {
        int start = 0;
        for (int line = 0; line < 2; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            Matcher cookie = COOKIE.matcher(line == 0 ? text.replaceFirst("^\u00ef\u00bb\u00bf", "") : text.strip());
            if (cookie.find()) {
                return Optional.of(cookie.group(1));
            }
            if (line == 0 && !BLANK.matcher(text.strip()).find()) {
                return Optional.empty();
            }
            start = Math.min(end + 1, bytes.length);
        }
        return Optional.empty();
    }
}
