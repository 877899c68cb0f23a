package io.bootgate.image.jib;

import io.bootgate.image.jib.BaseFacts.Interpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Packages in a folder as uv or pip leave them, made the same whoever installed them, where and when: no bytecode, no trace of
 * the tool, scripts that start the image's own Python, records that say what is there.
 */
final class InstalledPackages {
    private static final Pattern DIST_INFO = Pattern.compile("(.+?)-[^-]+\\.dist-info");
    private static final Pattern ENTRY = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*([\\w.]+)\\s*:\\s*([\\w.]+).*");
    private static final Pattern SCRIPT = Pattern.compile("(?:\\.\\./)*bin/([^/]+)");
    private static final Pattern OLD_SHEBANG =
            Pattern.compile("\\A#!(?:/bin/sh\\R'''exec'.*\\R' '''|[^\\n]*python[^\\n]*)\\R");
    private static final List<String> TRACES =
            List.of("INSTALLER", "REQUESTED", "direct_url.json", "uv_cache.json", "uv_build.json");
    private static final String BIN = "bin";

    private final Path folder;
    private final Interpreter python;

    InstalledPackages(Path folder, Interpreter python) {
        this.folder = folder;
        this.python = python;
    }

    /** Names of the distributions, normalised. */
    static Set<String> distributions(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path info : infos(folder)) {
            Matcher name = DIST_INFO.matcher(info.getFileName().toString());
            if (name.matches()) {
                names.add(RequirementFiles.normalised(name.group(1)));
            }
        }
        return names;
    }

    /** @param site path of the folder in the image */
    void settle(String site) throws IOException {
        removeBytecode();
        Set<String> written = new TreeSet<>();
        List<Path> infos = infos(folder);
        for (Path info : infos) {
            for (String trace : TRACES) {
                Files.deleteIfExists(info.resolve(trace));
            }
            written.addAll(writeScripts(info.resolve("entry_points.txt")));
        }
        correctScripts(written);
        processPathFiles(site);
        for (Path info : infos) {
            record(info);
        }
    }

    private static List<Path> infos(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry ->
                            DIST_INFO.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private void removeBytecode() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (name.endsWith(".pyc") || name.equals(".lock")) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException trouble) throws IOException {
                if (visited.getFileName().toString().equals("__pycache__")) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The tools write them in different words, and for this machine's Python. */
    private Set<String> writeScripts(Path entryPoints) throws IOException {
        Set<String> written = new TreeSet<>();
        if (!Files.isRegularFile(entryPoints)) {
            return written;
        }
        boolean scripts = false;
        for (String line : Files.readAllLines(entryPoints)) {
            Matcher entry = ENTRY.matcher(line);
            if (line.strip().startsWith("[")) {
                scripts = line.contains("console_scripts") || line.contains("gui_scripts");
            } else if (scripts && entry.matches()) {
                String imported = entry.group(3).replaceFirst("\\..*$", "");
                Files.createDirectories(folder.resolve(BIN));
                write(
                        folder.resolve(BIN).resolve(entry.group(1)),
                        "#!%s\nimport sys\nfrom %s import %s\n\nif __name__ == \"__main__\":\n    sys.exit(%s())\n"
                                .formatted(python.path(), entry.group(2), imported, entry.group(3)));
                written.add(entry.group(1));
            }
        }
        return written;
    }

    private void correctScripts(Set<String> written) throws IOException {
        Path bin = folder.resolve(BIN);
        if (!Files.isDirectory(bin)) {
            return;
        }
        List<Path> others;
        try (Stream<Path> scripts = Files.list(bin)) {
            others = scripts.filter(
                            script -> !written.contains(script.getFileName().toString()))
                    .toList();
        }
        for (Path script : others) {
            String text = new String(Files.readAllBytes(script), StandardCharsets.ISO_8859_1);
            String corrected =
                    OLD_SHEBANG.matcher(text).replaceFirst(Matcher.quoteReplacement("#!" + python.path() + "\n"));
            if (!corrected.equals(text)) {
                Files.write(script, corrected.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void write(Path script, String text) throws IOException {
        Files.deleteIfExists(script);
        Files.writeString(script, text);
        if (!script.toFile().setExecutable(true, false)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    /** Python reads {@code .pth} files in its own folders only, not in those of PYTHONPATH. */
    private void processPathFiles(String site) throws IOException {
        boolean any;
        try (Stream<Path> files = Files.list(folder)) {
            any = files.anyMatch(file -> file.getFileName().toString().endsWith(".pth"));
        }
        Path hook = folder.resolve("sitecustomize.py");
        if (any && !Files.exists(hook)) {
            Files.writeString(hook, "import site\n\nsite.addsitedir(\"%s\")\n".formatted(site));
        }
    }

    /** Lists what is there of a distribution, sorted. */
    private void record(Path info) throws IOException {
        Path record = info.resolve("RECORD");
        Set<String> lines = new TreeSet<>();
        for (String line : Files.isRegularFile(record) ? Files.readAllLines(record) : new ArrayList<String>()) {
            String named =
                    line.startsWith("\"") ? line.replaceFirst("^\"(.*?)\",.*$", "$1") : line.replaceFirst(",.*$", "");
            Matcher script = SCRIPT.matcher(named);
            boolean isScript = script.matches();
            Path file = folder.resolve(isScript ? BIN + "/" + script.group(1) : named)
                    .normalize();
            if (file.startsWith(folder)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && !file.equals(record)) {
                String told = isScript ? "../../../bin/" + script.group(1) : named;
                byte[] content = Files.readAllBytes(file);
                String digest = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Digests.sha256().digest(content));
                lines.add("%s,sha256=%s,%d"
                        .formatted(told.contains(",") ? "\"" + told + "\"" : told, digest, content.length));
            }
        }
        lines.add(info.getFileName() + "/RECORD,,");
        Files.writeString(record, String.join("\n", lines) + "\n");
    }
}
