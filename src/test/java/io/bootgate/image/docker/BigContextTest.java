package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigContextTest {
    private static final long GIGABYTE = 1L << 30;

    @TempDir
    Path folder;

    /** What runs in the small JVM. */
    public static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws IOException {
            Path root = Path.of(args[0]);
            try (InputStream archive =
                    BuildContext.of(root, root.resolve("Dockerfile")).archive()) {
                byte[] piece = new byte[64 * 1024];
                long size = 0;
                for (int count = archive.read(piece); count >= 0; count = archive.read(piece)) {
                    size += count;
                }
                System.out.println(size);
            }
        }
    }

    @Test
    void aGigabyteIsReadWithinAHeapOf24Megabytes() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
        try (RandomAccessFile big = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            // A hole: it takes no room on the disk.
            big.setLength(GIGABYTE);
        }

        Process java = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx24m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        Reader.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(Long.parseLong(output)).isGreaterThan(GIGABYTE);
    }

    private static String classPath() {
        ClassLoader loader = BigContextTest.class.getClassLoader();
        return loader instanceof URLClassLoader urls
                ? Arrays.stream(urls.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
