package io.bootgate.image.jib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An image as an archive: made for tests, or read to see what a build made. */
final class ImageArchive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    static ImageArchive read(InputStream in) throws IOException {
        ImageArchive archive = new ImageArchive();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                archive.entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return archive;
    }

    JsonNode config() throws IOException {
        return JSON.readTree(entries.get(manifest().path("Config").asText()));
    }

    String imageId() throws IOException {
        return "sha256:"
                + Digests.hex(Digests.sha256()
                        .digest(entries.get(manifest().path("Config").asText())));
    }

    private JsonNode manifest() throws IOException {
        return JSON.readTree(entries.get("manifest.json")).path(0);
    }

    /** Entries of each layer, lowest first; folders end with a slash. */
    List<Map<String, TarArchiveEntry>> layers() throws IOException {
        List<Map<String, TarArchiveEntry>> layers = new ArrayList<>();
        for (JsonNode name : manifest().path("Layers")) {
            Map<String, TarArchiveEntry> found = new LinkedHashMap<>();
            try (TarArchiveInputStream tar = layer(name.asText())) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    found.put(entry.getName(), entry);
                }
            }
            layers.add(found);
        }
        return layers;
    }

    /** Digests of the layers as the image's configuration tells them. */
    List<String> diffIds() throws IOException {
        List<String> ids = new ArrayList<>();
        config().path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    Optional<String> text(String path) throws IOException {
        Optional<String> text = Optional.empty();
        for (JsonNode name : manifest().path("Layers")) {
            try (TarArchiveInputStream tar = layer(name.asText())) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (entry.getName().equals(path)) {
                        text = Optional.of(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return text;
    }

    private TarArchiveInputStream layer(String name) throws IOException {
        byte[] bytes = Objects.requireNonNull(entries.get(name), name);
        boolean zipped = bytes.length > 1 && bytes[0] == 0x1f;
        InputStream in = new ByteArrayInputStream(bytes);
        return new TarArchiveInputStream(zipped ? new GZIPInputStream(in) : in);
    }

    /** A layer to be put into a base: paths to content, or to {@code -> target} for a link. */
    static byte[] layerOf(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (file.getValue().startsWith("-> ")) {
                    TarArchiveEntry link = new TarArchiveEntry(file.getKey(), TarConstants.LF_SYMLINK);
                    link.setLinkName(file.getValue().substring(3));
                    link.setModTime(0);
                    tar.putArchiveEntry(link);
                } else {
                    byte[] content = file.getValue().getBytes(StandardCharsets.ISO_8859_1);
                    TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                    entry.setSize(content.length);
                    entry.setModTime(0);
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                }
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes an image as {@code docker save} does. */
    static void write(Path file, String path, List<byte[]> layers) {
        write(file, path, "amd64", layers);
    }

    static void write(Path file, String path, String architecture, List<byte[]> layers) {
        ByteArrayOutputStream ids = new ByteArrayOutputStream();
        StringBuilder names = new StringBuilder();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < layers.size(); i++) {
                put(tar, i + "/layer.tar", layers.get(i));
                String comma = i == 0 ? "" : ",";
                names.append(comma + "\"" + i + "/layer.tar\"");
                ids.writeBytes(
                        (comma + "\"sha256:" + Digests.hex(Digests.sha256().digest(layers.get(i))) + "\"")
                                .getBytes(StandardCharsets.UTF_8));
            }
            put(
                    tar,
                    "config.json",
                    ("{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"Env\":[\"PATH=" + path
                                    + "\",\"LANG=C.UTF-8\"]},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
                                    + ids.toString(StandardCharsets.UTF_8) + "]}}")
                            .getBytes(StandardCharsets.UTF_8));
            put(
                    tar,
                    "manifest.json",
                    ("[{\"Config\":\"config.json\",\"RepoTags\":[],\"Layers\":[" + names + "]}]")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
