package io.bootgate.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that a reader finds it whole or not at all, also when the disk fills up half-way. */
final class WholeFile {
    private WholeFile() {}

    interface Content {
        void writeTo(BufferedWriter out) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
                content.writeTo(out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
