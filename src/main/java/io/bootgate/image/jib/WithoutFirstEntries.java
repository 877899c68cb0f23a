package io.bootgate.image.jib;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Drops the first files of a tar archive that is written to it. */
final class WithoutFirstEntries extends FilterOutputStream {
    private static final int BLOCK = 512;
    private static final int SIZE_START = 124;
    private static final int SIZE_END = 135;
    private static final int TYPE = 156;

    private final byte[] header = new byte[BLOCK];
    private int headerFilled;
    private int left;
    private long drop;

    WithoutFirstEntries(OutputStream out, int entries) {
        super(out);
        this.left = entries;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end && (left > 0 || drop > 0)) {
            if (drop > 0) {
                int count = (int) Math.min(drop, end - at);
                drop -= count;
                at += count;
            } else {
                int count = Math.min(BLOCK - headerFilled, end - at);
                System.arraycopy(bytes, at, header, headerFilled, count);
                headerFilled += count;
                at += count;
                if (headerFilled == BLOCK) {
                    headerRead();
                }
            }
        }
        if (at < end) {
            out.write(bytes, at, end - at);
        }
    }

    private void headerRead() throws IOException {
        headerFilled = 0;
        String size = new String(header, SIZE_START, SIZE_END - SIZE_START, StandardCharsets.US_ASCII).strip();
        if (!size.matches("[0-7]+")) {
            throw new IOException("a layer of more than 8 GB cannot be left out");
        }
        long bytes = Long.parseLong(size, 8);
        drop = (bytes + BLOCK - 1) / BLOCK * BLOCK;
        if (header[TYPE] == '0' || header[TYPE] == 0) {
            left--;
        }
    }
}
