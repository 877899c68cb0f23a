package io.bootgate.image.docker;

import io.bootgate.image.ImageBuildException;
import io.bootgate.image.SlashedPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a build sees, with what its ignore file leaves out. Links are sent as links and never followed, so nothing
 * outside the folder is sent.
 */
final class BuildContext {
    /** How a Dockerfile that is not part of the context is named in it. */
    private static final String OUTER_DOCKERFILE = ".bootgate.Dockerfile";

    private static final int LONGEST_SHEBANG = 256;
    private static final String DOCKERIGNORE = ".dockerignore";

    private final Path root;
    private final Path dockerfile;
    private final Path ignoreFile;
    private final IgnorePatterns ignored;
    private final Optional<String> dockerfileText;

    private BuildContext(
            Path root, Path dockerfile, Path ignoreFile, IgnorePatterns ignored, Optional<String> dockerfileText) {
        this.root = root;
        this.dockerfile = dockerfile;
        this.ignoreFile = ignoreFile;
        this.ignored = ignored;
        this.dockerfileText = dockerfileText;
    }

    /** Reads {@code <dockerfile>.dockerignore} beside the Dockerfile where there is one, else the context's own. */
    static BuildContext of(Path root, Path dockerfile) {
        Path own = dockerfile.resolveSibling(dockerfile.getFileName() + DOCKERIGNORE);
        Path ignoreFile = Files.isRegularFile(own) ? own : root.resolve(DOCKERIGNORE);
        IgnorePatterns ignored = IgnorePatterns.NONE;
        if (Files.isRegularFile(ignoreFile)) {
            try {
                ignored = IgnorePatterns.parse(readText(ignoreFile));
            } catch (IllegalArgumentException e) {
                throw new ImageBuildException(
                        "Cannot use " + ignoreFile + ": " + e.getMessage() + ". Correct or remove the line.", e);
            }
        }
        return new BuildContext(root, dockerfile, ignoreFile, ignored, Optional.empty());
    }

    Path root() {
        return root;
    }

    Path ignoreFile() {
        return ignoreFile;
    }

    /** The rule of the ignore file that keeps this path (relative to the context) out. */
    Optional<IgnorePatterns.Rule> exclusion(String path) {
        return ignored.exclusion(path);
    }

    /** The Dockerfile's name in {@link #archive()}. */
    String dockerfileName() {
        return dockerfile.startsWith(root) ? SlashedPath.of(root.relativize(dockerfile)) : OUTER_DOCKERFILE;
    }

    /**
     * Everything that is sent, in the order of names, but the Dockerfile first: BuildKit takes an archive that starts with an
     * extended header, as a long or foreign name needs one, for a Dockerfile.
     */
    List<ArchivedFile> files() {
        Collected collected = collected();
        addDockerfile(collected.files);
        List<ArchivedFile> ordered = new ArrayList<>();
        ordered.add(collected.files.remove(dockerfileName()));
        ordered.addAll(collected.files.values());
        return ordered;
    }

    /** A file that is sent because of an exception with a wildcard that Docker's classic builder overlooks. */
    Optional<String> beyondClassic() {
        return ignored.hasWildcardExceptions() ? Optional.ofNullable(collected().beyondClassic) : Optional.empty();
    }

    private Collected collected() {
        Collected collected = new Collected();
        try {
            Files.walkFileTree(root, collected);
        } catch (IOException e) {
            throw ArchivedFile.unreadable(e);
        }
        return collected;
    }

    /** What is found below the root and not left out. */
    private final class Collected extends SimpleFileVisitor<Path> {
        /** A folder before what is in it, and that before the folder's next neighbour: as Docker walks. */
        private final TreeMap<String, ArchivedFile> files =
                new TreeMap<>(Comparator.comparing(path -> path.replace('/', '\0')));

        private @Nullable String beyondClassic;
        /** The topmost folder around that the classic builder does not look into. */
        private @Nullable Path unseen;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            String path = SlashedPath.of(root.relativize(folder));
            if (ignored.exclusion(path).isEmpty()) {
                add(path, folder);
                return FileVisitResult.CONTINUE;
            }
            if (!ignored.mayHoldExceptions(path)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (unseen == null && !ignored.classicLooksInto(path)) {
                unseen = folder;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = SlashedPath.of(root.relativize(file));
            // Sockets and devices cannot be sent.
            if (!attributes.isOther() && ignored.exclusion(path).isEmpty()) {
                add(path, file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) throws IOException {
            if (folder.equals(unseen)) {
                unseen = null;
            }
            return super.postVisitDirectory(folder, trouble);
        }

        private void add(String path, Path file) {
            files.put(path, ArchivedFile.of(path, file));
            if (unseen != null && beyondClassic == null) {
                beyondClassic = path;
            }
        }
    }

    /**
     * The Dockerfile is always sent. The engine itself takes it out of the context again when the ignore file, which is sent
     * for this purpose, names it.
     */
    private void addDockerfile(Map<String, ArchivedFile> files) {
        String name = dockerfileName();
        boolean inside = !name.equals(OUTER_DOCKERFILE);
        // A link may lead out of the context: the engine would not find what it leads to.
        Optional<String> text = dockerfileText.or(
                () -> Files.isSymbolicLink(dockerfile) ? Optional.of(readText(dockerfile)) : Optional.empty());
        Optional<byte[]> bytes = text.map(characters -> characters.getBytes(StandardCharsets.UTF_8));
        files.put(name, new ArchivedFile(name, dockerfile, bytes));
        boolean hasRules = Files.isRegularFile(ignoreFile);
        String rules = hasRules ? readText(ignoreFile) + "\n" : DOCKERIGNORE + "\n";
        if (!inside) {
            put(files, rules + OUTER_DOCKERFILE + "\n");
        } else if (hasRules && !ignoreFile.equals(root.resolve(DOCKERIGNORE))) {
            // Podman applies the file of this name once more: it must not be another one.
            put(files, rules);
        } else if (hasRules) {
            files.put(DOCKERIGNORE, ArchivedFile.of(DOCKERIGNORE, ignoreFile));
        }
    }

    private void put(Map<String, ArchivedFile> files, String rules) {
        byte[] bytes = rules.getBytes(StandardCharsets.UTF_8);
        files.put(DOCKERIGNORE, new ArchivedFile(DOCKERIGNORE, dockerfile, Optional.of(bytes)));
    }

    /** The same, with a Dockerfile that asks for no builder of its own; every line stays where it is. */
    BuildContext withoutSyntaxDirective() {
        String text = readText(dockerfile).replaceFirst("(?im)^(\\s*)#(\\s*syntax\\s*=)", "$1#-$2");
        return new BuildContext(root, dockerfile, ignoreFile, ignored, Optional.of(text));
    }

    /** The context as a tar archive that is made while it is read. */
    InputStream archive() {
        return new ContextArchive(files());
    }

    static String readText(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ArchivedFile.unreadable(e);
        }
    }

    /** Paths of all files and folders that are sent. */
    List<String> sentPaths() {
        return files().stream().map(ArchivedFile::name).toList();
    }

    /** Whether a file of this name begins with {@code #!} and a line end of Windows. */
    boolean hasWindowsScript(String command) {
        String name = command.substring(command.lastIndexOf('/') + 1);
        return sentPaths().stream()
                .filter(path -> path.equals(name) || path.endsWith("/" + name))
                .flatMap(path -> sentFile(path).stream())
                .anyMatch(BuildContext::isWindowsScript);
    }

    private static boolean isWindowsScript(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(LONGEST_SHEBANG), StandardCharsets.ISO_8859_1);
            return start.startsWith("#!") && start.indexOf('\r') == start.indexOf('\n') - 1 && start.indexOf('\r') > 0;
        } catch (IOException e) {
            // It is sought as an explanation only.
            return false;
        }
    }

    /** The regular file at this path of the context, if it is one and is sent. */
    Optional<Path> sentFile(String path) {
        Path file = root.resolve(path).normalize();
        return file.startsWith(root)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && ignored.exclusion(path).isEmpty()
                ? Optional.of(file)
                : Optional.empty();
    }
}
