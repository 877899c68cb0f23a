package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is what {@code docker build} sends, asked of the command itself where this machine has it. */
class DockerCommandContextTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# comment\n #not a comment\n\n  *.log \t\n!keep.log\n",
                "\uFEFF*.log\r\n!keep.log\r\n",
                "/rooted\n./sub/./x/../\nzzz/../up.txt\n../outside\n",
                "**/node_modules\nvenv/\n!venv/keep\n**/*.pyc\n",
                "*\n!app.py\n!sub\n!venv/keep/me.py\n",
                "*\n!sub/**\nsub/*.log\n",
                "**\n!app.py\n",
                "**.py\n",
                "app**\n",
                "c[1-3].txt\n[^a]9.txt\n\\[x].txt\na+b.txt\n",
                "?.txt\n*b*\n!a?b.txt\n",
                "Dockerfile\n.dockerignore\n",
                "sub\n!sub/deep\nsub/deep/secret.txt\n",
                "sub/**/secret.txt\n!*\nkeep.log\n",
                "a|b/**\nother/{x}\n",
                "docs\n! docs/README.md\n.\n/\n",
                "\u00fc*\n\u00a0with space.txt\u00a0\n",
            })
    void sendsWhatTheDockerCommandSends(String ignoreFile) throws Exception {
        files();
        Files.writeString(folder.resolve(".dockerignore"), ignoreFile);

        assertThat(entries(ours("Dockerfile"))).isEqualTo(entries(dockers("Dockerfile")));
    }

    @Test
    void sendsTheSameForADockerfileOfAnotherName() throws Exception {
        files();
        Files.writeString(folder.resolve("sub/web.Dockerfile"), "FROM scratch\n");
        Files.writeString(folder.resolve(".dockerignore"), "**/*.log\n");

        assertThat(entries(ours("sub/web.Dockerfile"))).isEqualTo(entries(dockers("sub/web.Dockerfile")));
    }

    private void files() throws IOException {
        for (String file : new String[] {
            "Dockerfile",
            "app.py",
            "app.pyc",
            "keep.log",
            "drop.log",
            "#hash.txt",
            "#not a comment",
            "up.txt",
            "a b",
            "axb.txt",
            "a+b.txt",
            "[x].txt",
            "c1.txt",
            "c9.txt",
            "b.txt",
            "with space.txt",
            "\u00fcml\u00e4ut.txt",
            "rooted/f",
            "other/rooted/f",
            "other/{x}/f",
            "sub/drop.log",
            "sub/deep/x/secret.txt",
            "sub/deep/secret.txt",
            "sub/secret.txt",
            "docs/a.md",
            "docs/README.md",
            "venv/lib/site.py",
            "venv/keep/me.py",
            "vendor/node_modules/a.js",
            "node_modules/b.js",
            "a|b/f",
            "long/".repeat(40) + "name".repeat(30)
        }) {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.repeat(9));
        }
        Files.createDirectories(folder.resolve("empty"));
        mode("app.py", "rwxr-x--x");
        mode("sub", "rwx------");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("app.py"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("no/such/file"));
        Files.createSymbolicLink(folder.resolve("outside"), Path.of("/etc"));
        Files.createLink(folder.resolve("hard"), folder.resolve("b.txt"));
    }

    private void mode(String file, String permissions) throws IOException {
        Files.setPosixFilePermissions(folder.resolve(file), PosixFilePermissions.fromString(permissions));
    }

    private byte[] ours(String dockerfile) throws IOException {
        BuildContext context = BuildContext.of(folder, folder.resolve(dockerfile));
        assertThat(context.beyondClassic()).isEmpty();
        try (InputStream archive = context.archive()) {
            return archive.readAllBytes();
        }
    }

    private byte[] dockers(String dockerfile) throws Exception {
        try (ListeningEngine engine = ListeningEngine.start()) {
            ProcessBuilder docker = new ProcessBuilder(
                            "docker", "build", "-f", folder.resolve(dockerfile).toString(), folder.toString())
                    .redirectErrorStream(true);
            docker.environment().put("DOCKER_BUILDKIT", "0");
            docker.environment().put("DOCKER_HOST", "unix://" + engine.socket());
            docker.environment().remove("DOCKER_CONTEXT");
            Process process;
            try {
                process = docker.start();
            } catch (IOException e) {
                assumeThat(false).as("this machine has the docker command").isTrue();
                throw e;
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return engine.context().orElseThrow(() -> new AssertionError("docker sent nothing: " + output));
        }
    }

    /** All that an archive says of its files, by name: the order counts for nobody. */
    private static Map<String, String> entries(byte[] tar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                CRC32 content = new CRC32();
                content.update(in.readAllBytes());
                entries.put(
                        entry.getName(),
                        "%c %o %s:%s %s:%s %d bytes at %s -> %s %x"
                                .formatted(
                                        (char) entry.getLinkFlag(),
                                        entry.getMode() & 07777,
                                        entry.getLongUserId(),
                                        entry.getLongGroupId(),
                                        entry.getUserName(),
                                        entry.getGroupName(),
                                        entry.getSize(),
                                        entry.getLastModifiedTime().toMillis() / 1000,
                                        entry.getLinkName(),
                                        content.getValue()));
            }
        }
        return entries;
    }
}
