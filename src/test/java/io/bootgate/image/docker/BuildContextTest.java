package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextTest {
    @TempDir
    Path folder;

    @Test
    void findsExceptionsWithWildcardsBelowExcludedFolders() throws IOException {
        files("x.py", "a/y.py", "a/b/z.py", "a/b/n.txt", "c/k.txt", "Dockerfile");
        ignore("*\n!**/*.py\n!c/*.txt\n");

        assertThat(context().sentPaths())
                .containsExactly("Dockerfile", ".dockerignore", "a/b/z.py", "a/y.py", "c/k.txt", "x.py");
    }

    @Test
    void theLastRuleThatMatchesDecides() throws IOException {
        files("a.log", "b.log", "Dockerfile");
        ignore("!a.log\n*.log\n!b.log\n");

        assertThat(context().sentPaths()).containsExactly("Dockerfile", ".dockerignore", "b.log");
    }

    @Test
    void aRuleForAFolderHoldsForAllBelowIt() throws IOException {
        files("node/a/b.js", "src/node/c.js", "Dockerfile");
        ignore("node\n");

        assertThat(context().sentPaths())
                .containsExactly("Dockerfile", ".dockerignore", "src", "src/node", "src/node/c.js");
    }

    @Test
    void tellsWhichRuleKeepsAFileOut() throws IOException {
        files("secrets/prod.env");
        ignore("# comment\n\n  **/*.env  \n");

        assertThat(context().exclusion("secrets/prod.env")).hasValueSatisfying(rule -> {
            assertThat(rule.line()).isEqualTo(3);
            assertThat(rule.text()).isEqualTo("**/*.env");
        });
        assertThat(context().exclusion("secrets/prod.txt")).isEmpty();
    }

    @Test
    void theArchiveHoldsEveryByte() throws IOException {
        byte[] big = new byte[200_001];
        for (int i = 0; i < big.length; i++) {
            big[i] = (byte) (i * 31);
        }
        files("Dockerfile", "empty");
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(folder.resolve("big.bin"), big);
        Files.createDirectory(folder.resolve("hollow"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/passwd"));

        List<String> names = new ArrayList<>();
        try (InputStream archive = context().archive();
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
                byte[] bytes = tar.readAllBytes();
                switch (entry.getName()) {
                    case "big.bin" -> assertThat(bytes).isEqualTo(big);
                    case "link" -> assertThat(entry.getLinkName()).isEqualTo("/etc/passwd");
                    default ->
                        assertThat(new String(bytes, StandardCharsets.UTF_8))
                                .isEqualTo(entry.getName().equals("Dockerfile") ? "Dockerfile" : "");
                }
            }
        }

        assertThat(names).containsExactly("Dockerfile", "big.bin", "empty", "hollow/", "link");
    }

    @Test
    void aDockerfileThatIsALinkIsSentAsTheFileItLeadsTo() throws IOException {
        Path service = Files.createDirectory(folder.resolve("service"));
        Files.writeString(folder.resolve("shared"), "FROM python\n");
        Files.createSymbolicLink(service.resolve("Dockerfile"), Path.of("../shared"));
        BuildContext context = BuildContext.of(service, service.resolve("Dockerfile"));

        try (TarArchiveInputStream tar = new TarArchiveInputStream(context.archive())) {
            assertThat(tar.getNextEntry().isFile()).isTrue();
            assertThat(new String(tar.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("FROM python\n");
        }
    }

    @Test
    void withoutItsSyntaxDirectiveADockerfileKeepsItsLines() throws IOException {
        files("app.py");
        Files.writeString(folder.resolve("Dockerfile"), "# syntax = docker/dockerfile:1\nFROM python\n");

        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(context().withoutSyntaxDirective().archive())) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("Dockerfile");
            Dockerfile sent = Dockerfile.parse(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(sent.directives()).isEmpty();
            assertThat(sent.instructions().get(0).line()).isEqualTo(2);
        }
    }

    private BuildContext context() {
        return BuildContext.of(folder, folder.resolve("Dockerfile"));
    }

    private void ignore(String rules) throws IOException {
        Files.writeString(folder.resolve(".dockerignore"), rules);
    }

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), path);
        }
    }
}
