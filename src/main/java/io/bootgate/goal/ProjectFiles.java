package io.bootgate.goal;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A descriptor and the files that it names, read from a folder; only regular files of a sane size. */
record ProjectFiles(Path folder) implements SourceFiles {
    /** The plan of a large Terraform project stays below. */
    private static final int LARGEST = 8 << 20;

    @Override
    public Optional<String> text(String path) {
        try {
            Path file = folder.resolve(path);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                throw new DeploymentException(path + " is no regular file.");
            }
            return Optional.of(decoded(path, bytes(path, file)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DeploymentException(
                    "%s cannot be read: %s. Correct the path, or make the file readable for the user who builds."
                            .formatted(path, FileTrouble.reason(e)));
        }
    }

    private static byte[] bytes(String path, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // By what is read, not by the size that is told: files of /proc tell none.
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new DeploymentException(
                        "%s is larger than %d MiB, which no deployment descriptor is.".formatted(path, LARGEST >> 20));
            }
            return bytes;
        }
    }

    private static String decoded(String path, byte[] bytes) {
        try {
            String text =
                    charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DeploymentException(path + " is not UTF-8 text. Save it as UTF-8.");
        }
    }

    /** What PowerShell's {@code >} writes is UTF-16 with a mark in front. */
    private static Charset charset(byte[] bytes) {
        boolean marked = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
