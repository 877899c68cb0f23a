package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** An app's layers in the order of change: resources, then sources. */
record AppLayers(JibBuild build, AppFiles files) {
    /** Where the app lies in the image, and runs. */
    static final String ROOT = "/app";

    private static final FilePermissions PLAIN = FilePermissions.fromOctalString("644");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    List<FileEntriesLayer> layers() throws IOException {
        List<FileEntriesLayer> layers = new ArrayList<>();
        NavigableMap<String, Path> resources = only(path -> !AppFiles.isSource(path));
        NavigableMap<String, Path> sources = only(AppFiles::isSource);
        if (!resources.isEmpty()) {
            layers.add(layer("resources", resources));
        }
        layers.add(layer("sources", sources));
        return layers;
    }

    private NavigableMap<String, Path> only(Predicate<String> chosen) {
        NavigableMap<String, Path> some = new TreeMap<>();
        files.all().forEach((path, file) -> {
            if (chosen.test(path)) {
                some.put(path, file);
            }
        });
        return some;
    }

    private FileEntriesLayer layer(String name, NavigableMap<String, Path> some) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        Path stamp = stamp(some);
        layer.addEntry(
                stamp,
                AbsoluteUnixPath.get(ROOT),
                EXECUTABLE,
                FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                build.owner());
        for (Map.Entry<String, Path> file : some.entrySet()) {
            for (int slash = file.getKey().indexOf('/');
                    slash > 0;
                    slash = file.getKey().indexOf('/', slash + 1)) {
                add(layer, stamp, file.getKey().substring(0, slash), EXECUTABLE);
            }
            add(layer, file.getValue(), file.getKey(), permissions(file.getValue()));
        }
        return layer.build();
    }

    private void add(FileEntriesLayer.Builder layer, Path source, String path, FilePermissions permissions) {
        layer.addEntry(
                source,
                AbsoluteUnixPath.get(ROOT).resolve(path),
                permissions,
                FileEntriesLayer.DEFAULT_MODIFICATION_TIME,
                build.owner());
    }

    /**
     * An empty folder that is named for the files' content. Jib tells by path and time alone whether a layer is in its cache:
     * with this folder as the source of the app's own, a file that was changed and kept its time changes the layer too.
     */
    private Path stamp(NavigableMap<String, Path> some) throws IOException {
        MessageDigest digest = Digests.sha256();
        digest(some, digest);
        return Files.createDirectories(build.cache().resolve("stamps").resolve(Digests.hex(digest.digest())));
    }

    /** Adds names, modes and contents. */
    static void digest(NavigableMap<String, Path> some, MessageDigest digest) throws IOException {
        for (Map.Entry<String, Path> file : some.entrySet()) {
            byte[] content = Files.readAllBytes(file.getValue());
            digest.update("%s\n%s\n%d\n"
                    .formatted(file.getKey(), permissions(file.getValue()).toOctalString(), content.length)
                    .getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        }
    }

    private static FilePermissions permissions(Path file) {
        return isExecutable(file) ? EXECUTABLE : PLAIN;
    }

    /** Windows has no such mode: it takes every file for a program. */
    static boolean isExecutable(Path file) {
        return Files.isExecutable(file) && !file.getFileSystem().getSeparator().equals("\\");
    }
}
