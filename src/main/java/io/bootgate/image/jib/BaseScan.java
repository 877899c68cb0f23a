package io.bootgate.image.jib;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bootgate.image.jib.BaseFacts.Interpreter;
import io.bootgate.image.jib.BaseFacts.Libc;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads an image's archive for its Python. Nothing of the image is run: it may be of another architecture, and there may be no
 * engine.
 */
final class BaseScan {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LINKS = 16;
    private static final String WHITEOUT = ".wh.";
    private static final Pattern PYTHON = Pattern.compile("(?:^|/)python(3\\.\\d+)$");
    private static final Pattern PYTHON_NAME = Pattern.compile("python(?:3(?:\\.\\d+)?)?");
    private static final Pattern GLIBC = Pattern.compile("(?:^|/)(?:libc\\.so\\.6|libc-2\\.\\d+\\.so)$");
    private static final Pattern GLIBC_SYMBOLS = Pattern.compile("GLIBC_2\\.(\\d+)\\b");
    private static final Pattern MUSL = Pattern.compile("(?:^|/)ld-musl-[^/]+\\.so\\.1$");

    /** Path without its first slash to what it links to; empty string for a file. */
    private final Map<String, String> links = new HashMap<>();

    /** Full versions by the path of the program. */
    private final Map<String, String> fullVersions = new HashMap<>();

    private boolean musl;
    private int glibc;

    private BaseScan() {}

    /** Reads an archive as {@code docker save} and Jib write it. */
    static BaseFacts of(Path archive) throws IOException {
        JsonNode manifest = JSON.readTree(entry(archive, "manifest.json")).path(0);
        byte[] configuration = entry(archive, manifest.path("Config").asText());
        JsonNode config = JSON.readTree(configuration);
        BaseScan scan = new BaseScan();
        for (JsonNode layer : manifest.path("Layers")) {
            scan.read(archive, layer.asText());
        }
        Map<String, String> env = new LinkedHashMap<>();
        for (JsonNode pair : config.path("config").path("Env")) {
            String[] parts = pair.asText().split("=", 2);
            env.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        List<String> diffIds = new ArrayList<>();
        config.path("rootfs").path("diff_ids").forEach(id -> diffIds.add(id.asText()));
        return new BaseFacts(
                config.path("os").asText("linux"),
                config.path("architecture").asText("amd64"),
                env,
                scan.pythons(env.getOrDefault("PATH", BaseFacts.USUAL_PATH)),
                new Libc(scan.musl && scan.glibc == 0, scan.glibc),
                new String(configuration, StandardCharsets.UTF_8),
                diffIds);
    }

    private static byte[] entry(Path archive, String name) throws IOException {
        try (TarArchiveInputStream tar = open(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return tar.readAllBytes();
                }
            }
        }
        throw new IOException("the image's archive has no " + name);
    }

    private void read(Path archive, String layer) throws IOException {
        try (TarArchiveInputStream tar = open(Files.newInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(layer)) {
                    readLayer(tar);
                    return;
                }
            }
        }
        throw new IOException("the image's archive has no " + layer);
    }

    private void readLayer(InputStream bytes) throws IOException {
        InputStream plain = new BufferedInputStream(bytes);
        plain.mark(2);
        boolean zipped = plain.read() == 0x1f && plain.read() == 0x8b;
        plain.reset();
        TarArchiveInputStream tar = open(zipped ? new GZIPInputStream(plain, 1 << 16) : plain);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = clean(entry.getName());
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (name.startsWith(WHITEOUT)) {
                links.remove(path.substring(0, path.length() - name.length()) + name.substring(WHITEOUT.length()));
            } else if (entry.isSymbolicLink()) {
                links.put(path, entry.getLinkName());
            } else if (entry.isLink()) {
                links.put(path, "/" + clean(entry.getLinkName()));
            } else if (PYTHON_NAME.matcher(name).matches()) {
                links.put(path, "");
                fullVersion(name, tar.readAllBytes()).ifPresent(version -> fullVersions.put(path, version));
            } else if (GLIBC.matcher(path).find() && entry.isFile()) {
                glibc = Math.max(glibc, newestSymbol(tar.readAllBytes()));
            } else if (MUSL.matcher(path).find()) {
                musl = true;
            }
        }
    }

    private static Optional<String> fullVersion(String name, byte[] program) {
        Matcher versioned = PYTHON.matcher(name);
        if (!versioned.find()) {
            return Optional.empty();
        }
        Matcher told = Pattern.compile("\0(" + Pattern.quote(versioned.group(1)) + "\\.\\d{1,2})\\+?\0")
                .matcher(new String(program, StandardCharsets.ISO_8859_1));
        return told.find() ? Optional.of(told.group(1)) : Optional.empty();
    }

    private static TarArchiveInputStream open(InputStream in) {
        return new TarArchiveInputStream(new BufferedInputStream(in, 1 << 16), "UTF-8");
    }

    private static String clean(String path) {
        return path.replaceFirst("^(?:\\.?/)+", "").replaceFirst("/$", "");
    }

    private static int newestSymbol(byte[] library) {
        int newest = 0;
        Matcher symbol = GLIBC_SYMBOLS.matcher(new String(library, StandardCharsets.ISO_8859_1));
        while (symbol.find()) {
            newest = Math.max(newest, Integer.parseInt(symbol.group(1)));
        }
        return newest;
    }

    private List<Interpreter> pythons(String searched) {
        List<Interpreter> found = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of("python3", "python"));
        links.keySet().stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(name -> PYTHON.matcher(name).find())
                .distinct()
                .sorted()
                .forEach(names::add);
        for (String name : names) {
            for (String folder : searched.split(":", -1)) {
                String path = folder.replaceFirst("/$", "") + "/" + name;
                program(path).ifPresent(program -> found.add(interpreter(path, program)));
            }
        }
        return found;
    }

    private Interpreter interpreter(String path, String program) {
        Matcher versioned = PYTHON.matcher(program);
        String version = versioned.find() ? versioned.group(1) : "";
        return new Interpreter(path, version, fullVersions.getOrDefault(program, version));
    }

    /** Follows links until a name tells the version. */
    private Optional<String> program(String path) {
        String at = path;
        for (int followed = 0; followed < MOST_LINKS; followed++) {
            String key = resolveFolder(at).substring(1);
            String target = links.get(key);
            if (target != null && PYTHON.matcher(key).find()) {
                return Optional.of(key);
            }
            if (target == null || target.isEmpty()) {
                return Optional.empty();
            }
            at = Path.of("/" + key)
                    .resolveSibling(target)
                    .normalize()
                    .toString()
                    .replace('\\', '/');
        }
        return Optional.empty();
    }

    /** The same path with links among its folders followed: {@code /bin} is {@code /usr/bin} in most images. */
    private String resolveFolder(String path) {
        String folder = "";
        String[] parts = path.substring(1).split("/", -1);
        for (int i = 0; i < parts.length - 1; i++) {
            folder = folder + "/" + parts[i];
            String target = links.getOrDefault(folder.substring(1), "");
            if (!target.isEmpty()) {
                folder = Path.of(folder)
                        .resolveSibling(target)
                        .normalize()
                        .toString()
                        .replace('\\', '/');
            }
        }
        return folder + "/" + parts[parts.length - 1];
    }
}
