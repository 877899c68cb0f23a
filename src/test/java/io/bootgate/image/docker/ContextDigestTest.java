package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextDigestTest {
    @TempDir
    private Path folder;

    @Test
    void everyChangeThatTheEngineWouldSeeIsSeenAndNoOther() throws IOException {
        write("Dockerfile", "FROM scratch\nCOPY . .\n");
        write("app.py", "app = 1\n");
        write(".dockerignore", "notes\n");
        String first = digest();

        Files.setLastModifiedTime(folder.resolve("app.py"), FileTime.fromMillis(0));
        write("notes/todo.txt", "later");
        write("target/bootgate/image.json", "{}");
        assertThat(digest()).isEqualTo(first);

        Set<String> seen = new HashSet<>(Set.of(first));
        write("app.py", "app = 2\n");
        assertThat(seen.add(digest())).isTrue();
        Files.setPosixFilePermissions(folder.resolve("app.py"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(seen.add(digest())).isTrue();
        Files.createSymbolicLink(folder.resolve("main.py"), Path.of("app.py"));
        assertThat(seen.add(digest())).isTrue();
        write(".dockerignore", "");
        assertThat(seen.add(digest())).isTrue();
        write("Dockerfile", "FROM scratch\nCOPY app.py .\n");
        assertThat(seen.add(digest())).isTrue();
    }

    private String digest() {
        return new ContextDigest()
                .add(DockerBuild.of("acme/orders:1", folder))
                .add(BuildContext.of(folder, folder.resolve("Dockerfile")), folder.resolve("target/bootgate"))
                .hex();
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
