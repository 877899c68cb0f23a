package io.bootgate.source.image;

import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.StageScope;
import io.bootgate.source.image.ImageFile.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One stage of a build as it is after its last instruction. */
public final class ImageStage {
    /** Where a base image has its own files. */
    private static final List<String> SYSTEM = List.of(
            "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/etc", "/var", "/proc", "/sys", "/dev",
            "/run", "/boot", "/root");

    private static final Set<String> SYSTEM_FOLDERS = Set.of(
            "/",
            "/usr",
            "/usr/bin",
            "/usr/local",
            "/usr/local/bin",
            "/usr/sbin",
            "/bin",
            "/sbin",
            "/etc",
            "/opt",
            "/srv",
            "/tmp",
            "/home",
            "/root",
            "/var",
            "/var/log",
            "/var/lib",
            "/var/run",
            "/var/tmp",
            "/run",
            "/mnt",
            "/media",
            "/usr/local/lib",
            "/usr/share",
            "/usr/src");

    /** What a listing of sources leaves out, and an image may have all the same. */
    private static final Set<String> UNLISTED =
            Set.of("target", "node_modules", ".git", ".venv", "venv", "env", "__pycache__", "dist", "build");

    private final int index;
    private final @Nullable Stage stage;
    private final BaseImage base;
    private final StageScope scope;
    private final @Nullable ImageStage parent;
    private final TreeMap<String, ImageFile> files = new TreeMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    final List<RunCommand> commands = new ArrayList<>();
    final List<StageCopy> copies = new ArrayList<>();
    final List<Instruction> entrypoints = new ArrayList<>();
    final List<Instruction> cmds = new ArrayList<>();
    final List<Instruction> exposes = new ArrayList<>();

    @Nullable
    Instruction entrypoint;

    @Nullable
    Instruction command;

    @Nullable
    Instruction userInstruction;

    @Nullable
    Instruction healthcheck;

    @Nullable
    String user;

    List<String> shell = List.of("/bin/sh", "-c");

    ImageStage(int index, @Nullable Stage stage, BaseImage base, StageScope scope, @Nullable ImageStage parent) {
        this.index = index;
        this.stage = stage;
        this.base = base;
        this.scope = scope;
        this.parent = parent;
        if (parent == null) {
            open.addAll(SYSTEM);
            if (!base.plain()) {
                open.add("/");
            }
        } else {
            files.putAll(parent.files);
            open.addAll(parent.open);
            commands.addAll(parent.commands);
            copies.addAll(parent.copies);
            exposes.addAll(parent.exposes);
            entrypoint = parent.entrypoint;
            command = parent.command;
            userInstruction = parent.userInstruction;
            healthcheck = parent.healthcheck;
            user = parent.user;
            shell = parent.shell;
        }
    }

    public int index() {
        return index;
    }

    /** Its name, empty if it has none. */
    public Optional<String> name() {
        return Optional.ofNullable(stage).flatMap(Stage::name);
    }

    /** Number of the stage that it starts from, empty if it starts from an image. */
    public OptionalInt parent() {
        return parent == null ? OptionalInt.empty() : OptionalInt.of(parent.index);
    }

    /** The FROM that begins it. */
    public Optional<Instruction> from() {
        return Optional.ofNullable(stage).map(Stage::from);
    }

    /** The image that it, or the stage that it starts from, starts from. */
    public BaseImage base() {
        return base;
    }

    public Map<String, String> env() {
        return Map.copyOf(scope.env());
    }

    public String workdir() {
        return scope.workdir();
    }

    StageScope scope() {
        return scope;
    }

    /** The last USER with its variables replaced; empty if there is none. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    public Optional<Instruction> userInstruction() {
        return Optional.ofNullable(userInstruction);
    }

    /** The ENTRYPOINT that holds, also an inherited one. */
    public Optional<Instruction> entrypoint() {
        return Optional.ofNullable(entrypoint);
    }

    /** The CMD that holds, also an inherited one. */
    public Optional<Instruction> command() {
        return Optional.ofNullable(command);
    }

    /** What runs a shell form. */
    public List<String> shell() {
        return shell;
    }

    /** Every ENTRYPOINT of the stage itself; all but the last are without effect. */
    public List<Instruction> entrypoints() {
        return List.copyOf(entrypoints);
    }

    /** Every CMD of the stage itself. */
    public List<Instruction> cmds() {
        return List.copyOf(cmds);
    }

    public List<Instruction> exposes() {
        return List.copyOf(exposes);
    }

    public Optional<Instruction> healthcheck() {
        return Optional.ofNullable(healthcheck);
    }

    /** The commands of all RUNs, those of the stages it starts from first. */
    public List<RunCommand> commands() {
        return List.copyOf(commands);
    }

    public List<StageCopy> copies() {
        return List.copyOf(copies);
    }

    /** A word of an instruction with its variables replaced. */
    public Optional<String> expand(String word) {
        return scope.expand(word);
    }

    /** An absolute path in the image. */
    public String resolve(String path) {
        return scope.resolve(path);
    }

    /** Everything that is known to be there, in the order of paths. */
    public List<ImageFile> files() {
        return List.copyOf(files.values());
    }

    /** What is known to be at a path. */
    public Optional<ImageFile> file(String path) {
        return Optional.ofNullable(files.get(clean(path)));
    }

    /** Whether there is something at a path. */
    public enum Presence {
        THERE,
        MISSING,
        /** A base image, a command of a RUN or another image may have put it there, or not. */
        UNKNOWN
    }

    public Presence presence(String path) {
        String clean = clean(path);
        if (files.containsKey(clean) || SYSTEM_FOLDERS.contains(clean) || hasBelow(clean)) {
            return Presence.THERE;
        }
        boolean unlisted = Stream.of(clean.split("/", -1)).anyMatch(UNLISTED::contains);
        boolean scriptOfOurs = clean.matches("/usr/(?:local/)?s?bin/[^/]+\\.sh") && isOpenBy("/usr");
        return !unlisted && (scriptOfOurs || open.stream().noneMatch(prefix -> isBelow(clean, prefix)))
                ? Presence.MISSING
                : Presence.UNKNOWN;
    }

    /** No reason but the base image's own system to think that there is more. */
    private boolean isOpenBy(String only) {
        return open.stream()
                .filter(prefix -> !prefix.equals(only))
                .noneMatch(prefix -> isBelow("/usr/local/bin", prefix));
    }

    /** Whether an instruction may have put something there of which nothing is known. */
    public boolean wasOpened(String path) {
        return open.stream().filter(prefix -> !SYSTEM.contains(prefix)).anyMatch(prefix -> isBelow(path, prefix));
    }

    boolean isFolder(String path) {
        ImageFile file = files.get(path);
        return SYSTEM_FOLDERS.contains(path) || (file != null && file.isFolder()) || hasBelow(path);
    }

    private boolean hasBelow(String folder) {
        String prefix = folder.equals("/") ? "/" : folder + "/";
        String next = files.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }

    /** From now on there may be more below the path than is known. */
    void open(String path) {
        open.add(clean(path));
    }

    Set<String> openFolders() {
        return open;
    }

    void put(ImageFile file) {
        files.put(file.path(), file);
    }

    void remove(Predicate<ImageFile> which) {
        files.values().removeIf(which);
    }

    void change(Predicate<ImageFile> which, UnaryOperator<ImageFile> how) {
        files.replaceAll((path, file) -> which.test(file) ? how.apply(file) : file);
    }

    /** What is at or below a path of this stage. */
    List<ImageFile> tree(String path) {
        return files.values().stream()
                .filter(file -> isBelow(file.path(), path))
                .toList();
    }

    /** What a pattern of a COPY or a shell stands for. */
    List<ImageFile> matching(String pattern) {
        String clean = clean(pattern);
        GlobPath glob = new GlobPath(clean.substring(1));
        if (!glob.isPattern()) {
            return file(clean).stream().toList();
        }
        return files.values().stream()
                .filter(file -> glob.matches(file.path().substring(1)))
                .toList();
    }

    /** Makes a folder where there is none. */
    void makeFolder(String path, Optional<String> owner, int line) {
        if (!isFolder(path)) {
            put(ImageFile.folder(path, owner, line));
        }
    }

    /** A command that nobody knows did something: modes, owners and contents are not sure any more, and there may be more. */
    void doubtEverything() {
        open("/");
        files.replaceAll((path, file) -> new ImageFile(
                path,
                file.kind(),
                file.origin(),
                file.kind() == Kind.FOLDER ? file.mode() : OptionalInt.empty(),
                false,
                Optional.empty(),
                file.line()));
    }

    /** Whether a path is the folder or lies in it. */
    public static boolean isBelow(String path, String folder) {
        return folder.equals("/") || path.equals(folder) || path.startsWith(folder + "/");
    }

    static String clean(String path) {
        return "/" + GlobPath.clean(path.startsWith("/") ? path : "/" + path);
    }
}
