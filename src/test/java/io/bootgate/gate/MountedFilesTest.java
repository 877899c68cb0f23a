package io.bootgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.deployment.DeployedContainer.Mount;
import io.bootgate.deployment.Deployment.Format;
import io.bootgate.deployment.MountContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedFilesTest {
    @TempDir
    Path folder;

    private MountedFiles files;

    @BeforeEach
    void makeAProject() throws IOException {
        Path project = folder.resolve("project");
        Files.createDirectories(project.resolve("deploy/conf"));
        Files.writeString(project.resolve("deploy/conf/nginx.conf"), "listen 80;");
        Files.writeString(folder.resolve("outside"), "of another");
        Files.createSymbolicLink(project.resolve("deploy/link"), folder.resolve("outside"));
        files = new MountedFiles(project, "deploy/compose.yaml", Format.COMPOSE);
    }

    @Test
    void aFileOfTheProjectIsCopied() {
        assertThat(files.file(bind("./conf/nginx.conf")).map(MountedFilesTest::decoded))
                .contains("listen 80;");
    }

    @Test
    void aFolderOfTheProjectIsCopied() {
        assertThat(files.folder(bind("./conf"))).containsOnlyKeys("nginx.conf");
    }

    @Test
    void nothingElseOfThisMachineIs() {
        assertThat(files.file(bind("../../outside"))).isEmpty();
        assertThat(files.file(bind("./link"))).isEmpty();
        assertThat(files.file(bind("/etc/passwd"))).isEmpty();
        assertThat(files.folder(bind("/etc"))).isEmpty();
        assertThat(files.folder(bind("~/.ssh"))).isEmpty();
    }

    @Test
    void theEnginesSocketIsLeftOut() {
        assertThat(files.isLeftOut(bind("/var/run/docker.sock"))).isTrue();
        assertThat(files.isLeftOut(bind("./conf"))).isFalse();
    }

    @Test
    void whatTheDescriptorHoldsIsTaken() {
        Mount secret = new Mount(
                "/keys",
                Optional.of("keys"),
                Optional.of("secret"),
                true,
                MountContent.of(Map.of("token", "s3cret", "sub/other", "x")));

        assertThat(files.folder(secret)).containsOnlyKeys("token", "sub/other");
        assertThat(secret.toString())
                .doesNotContain(
                        "s3cret", Base64.getEncoder().encodeToString("s3cret".getBytes(StandardCharsets.UTF_8)));
        assertThat(secret.content().below("sub").files()).containsOnlyKeys("other");
        assertThat(secret.content().below("token").isFile()).isTrue();
    }

    private static Mount bind(String source) {
        return new Mount("/x", Optional.of(source), Optional.of("bind"), false, MountContent.NONE);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
