package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.image.jib.BaseFacts.Interpreter;
import io.bootgate.image.jib.BaseFacts.Libc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseScanTest {
    @TempDir
    private Path folder;

    @Test
    void debiansPythonIsFoundBehindItsLinks() throws IOException {
        BaseFacts facts = scan("/usr/local/bin:/bin", Service.debian());

        assertThat(facts.pythons().get(0)).isEqualTo(new Interpreter("/bin/python3", "3.11", "3.11.2"));
        assertThat(facts.libc()).isEqualTo(new Libc(false, 36));
        assertThat(facts.architecture()).isEqualTo("amd64");
    }

    @Test
    void theFirstOnThePathIsTheOneThatRuns() throws IOException {
        byte[] own = layer(Map.of("usr/local/bin/python3", "-> python3.13", "usr/local/bin/python3.13", "ELF"));

        BaseFacts facts = scan("/usr/local/bin:/usr/bin", Service.debian(), own);

        assertThat(facts.python(Optional.empty())).contains(new Interpreter("/usr/local/bin/python3", "3.13", "3.13"));
        assertThat(facts.python(Optional.of("3.11"))).contains(new Interpreter("/usr/bin/python3", "3.11", "3.11.2"));
        assertThat(facts.python(Optional.of("3.9"))).isEmpty();
    }

    @Test
    void whatAHigherLayerRemovesIsNotThere() throws IOException {
        byte[] removed = layer(Map.of("usr/bin/.wh.python3.11", "", "usr/bin/.wh.python3", ""));

        assertThat(scan("/usr/bin", Service.debian(), removed).pythons()).isEmpty();
    }

    @Test
    void aVirtualEnvironmentIsToldByItsOwnLink() throws IOException {
        byte[] venv = layer(Map.of("venv/bin/python3", "-> python", "venv/bin/python", "-> /usr/bin/python3.11"));

        assertThat(scan("/venv/bin:/usr/bin", Service.debian(), venv).pythons().get(0))
                .isEqualTo(new Interpreter("/venv/bin/python3", "3.11", "3.11.2"));
    }

    @Test
    void alpineHasAnotherCLibrary() throws IOException {
        byte[] alpine = layer(Map.of(
                "lib/ld-musl-x86_64.so.1", "ELF", "usr/bin/python3", "-> python3.12", "usr/bin/python3.12", "ELF"));

        assertThat(scan("/usr/bin", alpine).libc()).isEqualTo(new Libc(true, 0));
    }

    @Test
    void linksInACircleLeadNowhere() throws IOException {
        assertThat(scan("/usr/bin", layer(Map.of("usr/bin/python3", "-> python", "usr/bin/python", "-> python3")))
                        .pythons())
                .isEmpty();
    }

    private static byte[] layer(Map<String, String> files) {
        return ImageArchive.layerOf(new LinkedHashMap<>(files));
    }

    private BaseFacts scan(String path, byte[]... layers) throws IOException {
        Path archive = folder.resolve("base.tar");
        ImageArchive.write(archive, path, List.of(layers));
        return BaseScan.of(archive);
    }
}
