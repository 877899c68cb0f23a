package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
    @TempDir
    Path folder;

    @Test
    void sourcesAreListedAndWhatIsNoneIsLeftOut() throws IOException {
        write(
                "app.py",
                "shop/views.py",
                ".git/HEAD",
                "venv/pyvenv.cfg",
                "venv/lib/x.py",
                "target/y.py",
                "a/__pycache__/z.pyc");

        assertThat(paths(SourceFolder.of(folder, folder, List.of(folder.resolve("target")))))
                .containsExactly("a", "app.py", "shop", "shop/views.py");
    }

    @Test
    void aLinkIsListedAndNotFollowed() throws IOException {
        write("deep/app.py");
        Files.createSymbolicLink(folder.resolve("deep/loop"), folder);

        SourceFolder read = SourceFolder.of(folder, folder, List.of());

        assertThat(paths(read)).containsExactly("deep", "deep/app.py", "deep/loop");
        assertThat(read.file("deep/loop")).map(ProjectFile::kind).contains(Kind.LINK);
        assertThat(read.read("deep/loop")).isEmpty();
    }

    @Test
    void aContextOutsideOfTheProjectIsListedToo() throws IOException {
        write("service/Dockerfile", "shared/lib.py");

        assertThat(paths(SourceFolder.of(folder.resolve("service"), folder, List.of())))
                .containsExactly("../service", "../service/Dockerfile", "../shared", "../shared/lib.py", "Dockerfile");
    }

    @Test
    void modesAreThoseOfTheFileSystem() throws IOException {
        write("start.sh", "plain.sh");
        Files.setPosixFilePermissions(folder.resolve("start.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(folder.resolve("plain.sh"), PosixFilePermissions.fromString("rw-r--r--"));

        SourceFolder read = SourceFolder.of(folder, folder, List.of());

        assertThat(read.file("start.sh")).map(ProjectFile::mode).contains(0750);
        assertThat(read.file("plain.sh")).map(ProjectFile::isExecutable).contains(false);
    }

    @Test
    void whatNobodyWroteByHandIsNotRead() throws IOException {
        Files.write(folder.resolve("generated.py"), new byte[3 << 20]);

        assertThat(SourceFolder.of(folder, folder, List.of()).read("generated.py"))
                .isEmpty();
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "text");
        }
    }

    private static List<String> paths(SourceFolder read) {
        return read.list().stream().map(ProjectFile::path).toList();
    }
}
