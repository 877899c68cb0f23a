package io.bootgate.image.jib;

import io.bootgate.image.ImageBuildException;
import io.bootgate.image.SlashedPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of an app that go into its image, without what {@code .dockerignore} and {@code <excludes>} name, and without
 * what never belongs there: secrets, repositories, caches, virtual environments, and what only builds it.
 */
final class AppFiles {
    private static final Pattern NEVER = Pattern.compile(
            "(?:\\.env(?:rc|\\..*)?|\\.git.*|\\.hg|\\.svn|\\.idea|\\.vscode|\\.mvn|\\.m2|\\.tox|\\.nox|\\.venv|__pycache__"
                    + "|\\..*_cache|\\.DS_Store|\\.dockerignore|\\.netrc|\\.pypirc|\\.ssh|\\.aws|\\.docker|\\.kube|id_(?:rsa|dsa|ecdsa|ed25519)"
                    + "|.*\\.py[co]|.*\\.egg-info|.*\\.(?:key|p8|pk8|ppk|p12|pfx|jks|keystore|kdbx)|node_modules)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NEVER_AT_THE_TOP =
            Pattern.compile("pom\\.xml|target|Dockerfile.*|Containerfile.*|.*\\.iml|mvnw(?:\\.cmd)?");
    private static final Pattern MAY_BE_A_KEY =
            Pattern.compile(".*\\.(?:pem|crt|cer|asc|gpg)", Pattern.CASE_INSENSITIVE);
    /** A chain of certificates may stand before the key. */
    private static final int KEY_HEAD = 1 << 20;

    private final NavigableMap<String, Path> files;

    private AppFiles(NavigableMap<String, Path> files) {
        this.files = files;
    }

    static AppFiles of(JibBuild build) {
        Path root = build.app();
        if (!Files.isDirectory(root)) {
            throw new ImageBuildException("The app's folder " + root
                    + " is not there. Set <jib><app> to the folder that holds the app's sources.");
        }
        IgnorePatterns ignored = ignored(root.resolve(".dockerignore"), build.excludes());
        NavigableMap<String, Path> files = new TreeMap<>();
        try {
            Path real = root.toRealPath();
            Files.walkFileTree(
                    root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                                throws IOException {
                            if (folder.equals(root)) {
                                return FileVisitResult.CONTINUE;
                            }
                            String path = SlashedPath.of(root.relativize(folder));
                            boolean out = isNever(path)
                                    || folder.equals(build.output())
                                    || Files.exists(folder.resolve("pyvenv.cfg"))
                                    || !folder.toRealPath().startsWith(real)
                                    || (ignored.exclusion(path).isPresent() && !ignored.mayHoldExceptions(path));
                            return out ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                            String path = SlashedPath.of(root.relativize(file));
                            if (attributes.isRegularFile()
                                    && !isNever(path)
                                    && ignored.exclusion(path).isEmpty()
                                    && file.toRealPath().startsWith(real)
                                    && !isKey(file)) {
                                files.put(path, file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException trouble) throws IOException {
                            // A link to nowhere, or one in a circle; anything else was to be read.
                            if (Files.isSymbolicLink(file)
                                    || trouble instanceof java.nio.file.FileSystemLoopException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw trouble;
                        }
                    });
        } catch (IOException e) {
            throw new ImageBuildException(
                    "Cannot read the app's folder: %s. Make it readable, or leave it out with a line in .dockerignore."
                            .formatted(e.getMessage()),
                    e);
        }
        return new AppFiles(files);
    }

    private static IgnorePatterns ignored(Path file, List<String> excludes) {
        try {
            String own = Files.isRegularFile(file) ? Files.readString(file) + "\n" : "";
            return IgnorePatterns.parse(own + String.join("\n", excludes));
        } catch (IllegalArgumentException | IOException e) {
            throw new ImageBuildException(
                    "Cannot use %s with <jib><excludes>: %s. Correct or remove the line."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static boolean isNever(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return NEVER.matcher(name).matches()
                || (path.equals(name) && NEVER_AT_THE_TOP.matcher(name).matches());
    }

    /** A certificate is no key. */
    private static boolean isKey(Path file) throws IOException {
        if (!MAY_BE_A_KEY.matcher(file.getFileName().toString()).matches()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(KEY_HEAD), StandardCharsets.ISO_8859_1)
                    .matches("(?s).*-----BEGIN [A-Z ]*PRIVATE KEY.*");
        }
    }

    /** By their path in the app, sorted. */
    NavigableMap<String, Path> all() {
        return files;
    }

    Set<String> paths() {
        return files.keySet();
    }

    static boolean isSource(String path) {
        return path.endsWith(".py") || path.endsWith(".pyi");
    }
}
