package io.bootgate.source.image;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Heredoc;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.image.ImageFile.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a COPY or ADD puts where. */
final class CopyEffect {
    private static final String ARCHIVE = ".*\\.(?:tar|tar\\.(?:gz|bz2|xz|zst)|tgz|tbz2?|txz)";

    private final ImageStage stage;
    private final Dockerfile dockerfile;
    private final List<ImageStage> before;
    private final List<ProjectFile> context;
    private final Instruction instruction;
    private final Optional<String> owner;
    private final Optional<OptionalInt> chmod;
    private String destination = "/";
    private boolean folder;
    private int sources;

    CopyEffect(
            ImageStage stage,
            Dockerfile dockerfile,
            List<ImageStage> before,
            List<ProjectFile> context,
            Instruction instruction) {
        this.stage = stage;
        this.dockerfile = dockerfile;
        this.before = before;
        this.context = context;
        this.instruction = instruction;
        this.owner = instruction
                .flag("chown")
                .map(text -> stage.expand(text).map(user -> user.split(":", -1)[0]))
                .orElse(ImageFile.ROOT);
        this.chmod = instruction
                .flag("chmod")
                .map(text -> stage.expand(text).map(FileMode::octal).orElse(OptionalInt.empty()));
    }

    void apply() {
        List<String> words = instruction.execForm().orElseGet(instruction::words);
        List<String> expanded =
                words.stream().flatMap(word -> stage.expand(word).stream()).toList();
        if (expanded.size() < words.size() || words.size() < 2) {
            stage.open("/");
            return;
        }
        String written = expanded.get(expanded.size() - 1);
        List<String> given = expanded.subList(0, expanded.size() - 1);
        destination = stage.resolve(written);
        sources = given.size();
        folder = written.endsWith("/")
                || written.equals(".")
                || written.endsWith("/.")
                || sources > 1
                || stage.isFolder(destination);
        instruction.heredocs().forEach(this::write);
        Optional<Stage> other = instruction
                .flag("from")
                .flatMap(stage::expand)
                .flatMap(dockerfile::stage)
                .filter(found -> found.index() < stage.index());
        List<String> missing = new ArrayList<>();
        for (String source :
                given.stream().filter(word -> !word.startsWith("<<")).toList()) {
            if (source.contains("://") || source.startsWith("git@")) {
                fetch(source);
            } else if (other.isPresent()) {
                fromStage(before.get(other.get().index()), source);
            } else if (instruction.flag("from").isPresent()) {
                fromElsewhere(source);
            } else if (!fromContext(source)) {
                missing.add(source);
            }
        }
        stage.copies.add(new StageCopy(
                instruction,
                other.map(found -> OptionalInt.of(found.index())).orElse(OptionalInt.empty()),
                other.isPresent() ? Optional.empty() : instruction.flag("from").flatMap(stage::expand),
                given.stream().filter(source -> !source.startsWith("<<")).toList(),
                missing,
                destination));
    }

    private void write(Heredoc heredoc) {
        String path = folder ? under(destination, heredoc.name()) : destination;
        stage.put(new ImageFile(
                path,
                Kind.FILE,
                Optional.empty(),
                chmod.orElse(OptionalInt.of(0644)),
                false,
                owner,
                instruction.line()));
    }

    private void fetch(String url) {
        String name = url.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
        if (url.endsWith(".git") || url.startsWith("git@") || name.isEmpty()) {
            stage.open(destination);
        } else {
            stage.put(ImageFile.made(folder ? under(destination, name) : destination, instruction.line()));
        }
    }

    /** False if there is nothing of that name in the context. */
    private boolean fromContext(String source) {
        String clean = GlobPath.clean(source);
        GlobPath glob = new GlobPath(clean);
        boolean found = clean.isEmpty();
        if (found) {
            context.forEach(file -> put(file, "", file.path()));
            openBelow(destination);
            return true;
        }
        for (ProjectFile file : context) {
            String match = matched(file.path(), clean, glob);
            if (match != null) {
                found = true;
                put(file, match, file.path().equals(match) ? "" : file.path().substring(match.length() + 1));
            }
        }
        return found || glob.isPattern();
    }

    /** What is not listed in the sources may be copied all the same. */
    private void openBelow(String path) {
        stage.makeFolder(path, ImageFile.ROOT, instruction.line());
    }

    private static @org.jspecify.annotations.Nullable String matched(String path, String source, GlobPath glob) {
        if (!glob.isPattern()) {
            return path.equals(source) || path.startsWith(source + "/") ? source : null;
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            if (glob.matches(path.substring(0, slash))) {
                return path.substring(0, slash);
            }
        }
        return glob.matches(path) ? path : null;
    }

    /**
     * Puts a file of the context.
     *
     * @param match what the source stands for: the file itself or a folder above it
     * @param rest the way from there to the file
     */
    private void put(ProjectFile file, String match, String rest) {
        boolean excluded = instruction.flags().stream()
                .filter(flag -> flag.startsWith("--exclude="))
                .anyMatch(flag -> new GlobPath(GlobPath.clean(flag.substring("--exclude=".length()))).matches(rest));
        if (excluded) {
            return;
        }
        String name = match.substring(match.lastIndexOf('/') + 1);
        if (rest.isEmpty() && instruction.is(Keyword.ADD) && file.path().matches(ARCHIVE)) {
            stage.open(destination);
        } else if (instruction.flag("parents").isPresent()) {
            put(file, under(destination, file.path()));
        } else if (!rest.isEmpty()) {
            put(file, under(destination, rest));
        } else if (file.kind() == ProjectFile.Kind.FOLDER) {
            stage.makeFolder(destination, owner, instruction.line());
        } else if (folder) {
            put(file, under(destination, name));
        } else {
            put(file, destination);
            if (stage.presence(under(destination, name)) == ImageStage.Presence.UNKNOWN) {
                put(file, under(destination, name));
            }
        }
    }

    private void put(ProjectFile file, String path) {
        Kind kind = Kind.valueOf(file.kind().name());
        OptionalInt own = kind == Kind.LINK ? OptionalInt.empty() : OptionalInt.of(file.mode());
        stage.put(new ImageFile(
                path,
                kind,
                kind == Kind.FILE ? Optional.of(file.path()) : Optional.empty(),
                chmod.orElse(own),
                kind != Kind.LINK,
                owner,
                instruction.line()));
    }

    private void fromStage(ImageStage other, String source) {
        String path = ImageStage.clean(source);
        GlobPath glob = new GlobPath(path.substring(1));
        if (glob.isPattern()) {
            other.matching(path).forEach(file -> take(other, file.path(), true));
            stage.open(destination);
            return;
        }
        take(other, path, false);
        for (String open : other.openFolders()) {
            if (ImageStage.isBelow(path, open)) {
                openAt(path);
            } else if (ImageStage.isBelow(open, path)) {
                stage.open(under(destination, open.substring(path.equals("/") ? 1 : path.length() + 1)));
            }
        }
    }

    /** A file or folder whose contents are not known: the destination itself, or below it. */
    private void openAt(String path) {
        stage.open(destination);
        if (folder) {
            stage.open(under(destination, path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    private void take(ImageStage other, String path, boolean matched) {
        for (ImageFile file : other.tree(path)) {
            boolean itself = file.path().equals(path);
            if (itself && file.isFolder()) {
                stage.makeFolder(destination, owner, instruction.line());
                continue;
            }
            String rest = itself ? file.name() : file.path().substring(path.equals("/") ? 1 : path.length() + 1);
            String target = itself && !folder && !matched ? destination : under(destination, rest);
            ImageFile taken = file.at(target, instruction.line()).withOwner(owner);
            stage.put(chmod.map(taken::withMode).orElse(taken));
        }
    }

    private void fromElsewhere(String source) {
        String name = source.substring(source.lastIndexOf('/') + 1);
        stage.open(destination);
        if (folder && !name.isEmpty() && !new GlobPath(name).isPattern()) {
            stage.put(ImageFile.made(under(destination, name), instruction.line()));
        }
    }

    private static String under(String folder, String name) {
        return folder.equals("/") ? "/" + name : folder + "/" + name;
    }
}
