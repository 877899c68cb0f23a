package io.bootgate.goal;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import io.bootgate.source.ProjectFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sources below a project's folder, and of the build context if that lies elsewhere. Links are listed and never followed. */
final class SourceFolder implements ProjectFiles {
    /** What is larger was not written by hand. */
    private static final int LARGEST = 2 << 20;

    private static final int MOST_FILES = 50_000;
    private static final int DEEPEST = 32;
    private static final int UNKNOWN_MODE = 0644;
    private static final Set<String> LEFT_OUT = Set.of(
            ".git",
            ".hg",
            ".svn",
            ".tox",
            ".nox",
            ".mypy_cache",
            ".pytest_cache",
            ".ruff_cache",
            "__pycache__",
            "node_modules",
            ".idea",
            ".vscode");

    private final Path base;
    private final List<Path> left;
    private final List<ProjectFile> files = new ArrayList<>();

    /** @param left folders that are not read: build output */
    private SourceFolder(Path base, List<Path> left) {
        this.base = base;
        this.left = left;
    }

    /** Lists the files; what cannot be read is left out. */
    static SourceFolder of(Path base, Path context, List<Path> left) {
        SourceFolder folder = new SourceFolder(base, left);
        folder.list(base, "");
        if (!context.startsWith(base) && Files.isDirectory(context)) {
            folder.list(context, folder.slashed(base.relativize(context)) + "/");
        }
        folder.files.sort(Comparator.comparing(ProjectFile::path));
        return folder;
    }

    @Override
    public List<ProjectFile> list() {
        return List.copyOf(files);
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            Path file = base.resolve(path);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                return bytes.length > LARGEST ? Optional.empty() : Optional.of(bytes);
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** @param prefix what stands before the paths below {@code root} */
    private void list(Path root, String prefix) {
        try {
            Files.walkFileTree(root, Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = !folder.equals(root)
                            && (LEFT_OUT.contains(String.valueOf(folder.getFileName()))
                                    || left.contains(folder)
                                    || Files.exists(folder.resolve("pyvenv.cfg")));
                    if (!skipped && !folder.equals(root)) {
                        add(folder, prefix + slashed(root.relativize(folder)), attributes);
                    }
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!attributes.isOther()) {
                        add(file, prefix + slashed(root.relativize(file)), attributes);
                    }
                    return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The folder %s cannot be read".formatted(root), e);
        }
    }

    private void add(Path path, String shown, BasicFileAttributes attributes) {
        Kind kind = attributes.isDirectory() ? Kind.FOLDER : attributes.isSymbolicLink() ? Kind.LINK : Kind.FILE;
        files.add(new ProjectFile(shown, kind, attributes.size(), mode(path)));
    }

    private String slashed(Path relative) {
        return relative.toString().replace(base.getFileSystem().getSeparator(), "/");
    }

    private static int mode(Path path) {
        try {
            String letters =
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            return Integer.parseInt(letters.replaceAll("[^-]", "1").replace('-', '0'), 2);
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN_MODE;
        }
    }
}
