package io.bootgate.image.jib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A real wheel, made by the test: what uv and pip install from a folder without an index. */
final class Wheel {
    private final String name;
    private final String version;
    private final String tags;
    private final Map<String, String> files = new LinkedHashMap<>();
    private String metadata = "";

    private Wheel(String name, String version, String tags) {
        this.name = name;
        this.version = version;
        this.tags = tags;
        files.put(name + "/__init__.py", "VERSION = '" + version + "'\n");
    }

    static Wheel pure(String name, String version) {
        return new Wheel(name, version, "py3-none-any");
    }

    static Wheel tagged(String name, String version, String tags) {
        return new Wheel(name, version, tags);
    }

    Wheel script(String script) {
        return file(info() + "/entry_points.txt", "[console_scripts]\n" + script + " = " + name + ":main\n");
    }

    Wheel file(String path, String text) {
        files.put(path, text);
        return this;
    }

    Wheel needs(String requirement) {
        metadata += "Requires-Dist: " + requirement + "\n";
        return this;
    }

    Path in(Path folder) {
        files.put(
                info() + "/METADATA",
                "Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s\n".formatted(name, version, metadata));
        files.put(
                info() + "/WHEEL",
                "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: %s\n".formatted(tags));
        StringBuilder record = new StringBuilder();
        files.forEach((path, text) -> record.append("%s,sha256=%s,%d\n"
                .formatted(
                        path,
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8))),
                        text.length())));
        files.put(info() + "/RECORD", record + info() + "/RECORD,,\n");
        Path wheel = folder.resolve("%s-%s-%s.whl".formatted(name, version, tags));
        try {
            Files.createDirectories(folder);
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wheel;
    }

    private String info() {
        return name + "-" + version + ".dist-info";
    }
}
