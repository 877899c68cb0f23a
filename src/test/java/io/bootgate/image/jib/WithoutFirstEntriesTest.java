package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutFirstEntriesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512, 100_000})
    void theRestIsAnArchiveOfItsOwnHoweverItIsWritten(int piece) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("base.tar.gz", "x".repeat(1300));
        files.put("empty", "");
        files.put("exact", "y".repeat(1024));
        files.put("app.tar.gz", "app");
        files.put("manifest.json", "[]");
        byte[] whole = ImageArchive.layerOf(files);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();

        try (OutputStream out = new WithoutFirstEntries(kept, 3)) {
            for (int at = 0; at < whole.length; at += piece) {
                out.write(whole, at, Math.min(piece, whole.length - at));
            }
        }

        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(kept.toByteArray()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName() + " "
                        + new String(tar.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        assertThat(names).containsExactly("app.tar.gz app", "manifest.json []");
    }
}
