package io.bootgate.goal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The folder that reports and logs go to, held by this build alone until it is closed. The lock is the operating system's:
 * it ends with the process that has it, so a killed build leaves none.
 */
final class OutputFolder implements AutoCloseable {
    private static final String LOCK = ".bootgate.lock";
    /** Far behind the text, so that others can read there who has the lock, on Windows too. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int LONGEST_PID = 20;

    private final Path path;
    private final FileChannel channel;

    private OutputFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Made if absent. An error says which other build is at work there, or why nothing can be written. */
    static OutputFolder open(Path path) throws MojoExecutionException {
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String other = owner(channel);
                channel.close();
                throw new MojoExecutionException(
                        "Another build (process %s) is at work in %s. Wait until it has ended, or give each build its own"
                                        .formatted(other, path)
                                + " <outputDirectory>.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new OutputFolder(path, channel);
        } catch (IOException e) {
            close(channel);
            throw new MojoExecutionException(
                    "<outputDirectory> %s cannot be written to: %s. Correct its permissions, or set <outputDirectory> to"
                                    .formatted(path, FileTrouble.reason(e))
                            + " another folder.");
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // Held within this process: a build with several threads.
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
        return text.isEmpty() ? "unknown" : text;
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /** Removes what an earlier run wrote, so that nobody takes an old result for this run's. */
    void clear(List<String> names) {
        for (String name : names) {
            try {
                Files.deleteIfExists(file(name));
            } catch (IOException e) {
                throw new UncheckedIOException("The old %s cannot be removed".formatted(file(name)), e);
            }
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }
}
