package io.bootgate.goal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a log of any size, none longer than memory allows; bytes that are not UTF-8 become U+FFFD. */
final class LogLines implements AutoCloseable {
    /** What is longer is no line that a person could read; the rest of it is left out. */
    private static final int LONGEST = 64 << 10;

    private final BufferedReader reader;

    private LogLines(BufferedReader reader) {
        this.reader = reader;
    }

    static LogLines of(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] mark = bytes.readNBytes(2);
        bytes.unread(mark);
        return new LogLines(new BufferedReader(new InputStreamReader(bytes, charset(mark)), 1 << 16));
    }

    /** What PowerShell's {@code >} writes is UTF-16 with a mark in front. */
    private static Charset charset(byte[] mark) {
        boolean wide = mark.length == 2
                && ((mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE)
                        || (mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF));
        return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** Null at the end. */
    @Nullable
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
