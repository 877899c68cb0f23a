package io.bootgate.rule.lint;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.dockerfile.ShellWords;
import io.bootgate.source.dockerfile.StageScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules for Python need to know of the image that a Dockerfile makes.
 *
 * <p>Over 200 lines: one walk through the stages.
 *
 * @param files path in the image to path in the project, of what is copied from the context
 * @param runs commands that are run in the final stage and in the stages that it takes files from
 * @param base image that the final stage starts from in the end, variables resolved
 * @param bases the same of all stages that {@link #runs} are of
 */
record ImagePlan(
        Map<String, String> files,
        String workdir,
        Map<String, String> env,
        List<Run> runs,
        String base,
        Set<String> bases,
        int baseLine,
        List<String> command,
        int commandLine,
        boolean unclear) {

    /**
     * One command of a RUN.
     *
     * @param words of it, variables resolved
     * @param line of its instruction
     * @param last whether it is run in the stage that becomes the image
     */
    record Run(List<String> words, String text, String workdir, int line, boolean last, Map<String, String> files) {}

    private record Slot(Optional<ImagePlan> plan) {}

    static Optional<ImagePlan> of(LintProject project) {
        return project.read(Slot.class, source -> new Slot(make(source))).plan();
    }

    private static Optional<ImagePlan> make(LintProject project) {
        Optional<LintProject.DockerfileSource> source = project.dockerfile();
        if (source.isEmpty() || source.get().dockerfile().stages().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Walk(project, source.get().dockerfile()).plan());
    }

    /** One stage as far as it has come. */
    private static final class Layer {
        private final Map<String, String> files = new LinkedHashMap<>();
        private final List<Run> runs = new ArrayList<>();
        private final Set<String> folders = new LinkedHashSet<>();
        private final Set<String> bases = new LinkedHashSet<>();
        private StageScope scope;
        private String base = "";
        private int baseLine;
        private Optional<Instruction> command = Optional.empty();
        private Optional<Instruction> entrypoint = Optional.empty();
        private boolean unclear;

        private Layer(StageScope scope) {
            this.scope = scope;
        }
    }

    /** Goes through the stages once. */
    private static final class Walk {
        private final LintProject project;
        private final Dockerfile dockerfile;
        private final List<String> context = new ArrayList<>();
        private final String prefix;
        private final Map<Integer, Layer> layers = new HashMap<>();
        private final StageScope global;
        private final int last;

        private Walk(LintProject project, Dockerfile dockerfile) {
            this.project = project;
            this.dockerfile = dockerfile;
            String folder = GlobPath.clean(project.request().build().context());
            prefix = folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
            global = new StageScope(project.request().build().args(), Map.of(), dockerfile.escape(), Map.of(), "/");
            dockerfile.preamble().forEach(global::apply);
            List<Stage> stages = dockerfile.stages();
            last = project.request()
                    .build()
                    .target()
                    .flatMap(dockerfile::stage)
                    .map(Stage::index)
                    .orElse(stages.size() - 1);
            listContext();
        }

        private void listContext() {
            IgnorePatterns ignored = project.request()
                    .build()
                    .dockerfile()
                    .flatMap(path -> project.text(path + ".dockerignore"))
                    .or(() -> project.text(prefix + ".dockerignore"))
                    .map(text -> IgnorePatterns.parse(text.text()))
                    .orElse(IgnorePatterns.NONE);
            for (ProjectFile file : project.files()) {
                boolean inside =
                        file.kind() != ProjectFile.Kind.FOLDER && file.path().startsWith(prefix);
                String path = inside ? file.path().substring(prefix.length()) : "";
                if (inside && ignored.exclusion(path).isEmpty()) {
                    context.add(path);
                }
            }
        }

        private ImagePlan plan() {
            Layer layer = layer(last);
            List<Run> runs = layer.runs.stream()
                    .map(run -> new Run(run.words(), run.text(), run.workdir(), run.line(), run.last(), run.files()))
                    .toList();
            LintRequest.Run request = project.request().run();
            Map<String, String> env = new HashMap<>(layer.scope.env());
            env.putAll(request.env());
            List<String> command = new ArrayList<>(request.entrypoint().orElseGet(() -> words(layer.entrypoint)));
            boolean shell = request.entrypoint().isEmpty()
                    && layer.entrypoint
                            .filter(given -> given.execForm().isEmpty())
                            .isPresent();
            if (!shell) {
                command.addAll(request.command().orElseGet(() -> words(layer.command)));
            }
            int line = layer.command
                    .or(() -> layer.entrypoint)
                    .map(Instruction::line)
                    .orElse(0);
            return new ImagePlan(
                    layer.files,
                    request.workdir().orElse(layer.scope.workdir()),
                    env,
                    runs,
                    layer.base,
                    layer.bases,
                    layer.baseLine,
                    command,
                    line,
                    layer.unclear);
        }

        private static List<String> words(Optional<Instruction> instruction) {
            return instruction
                    .map(given -> given.execForm().orElse(List.of("/bin/sh", "-c", given.arguments())))
                    .orElse(List.of());
        }

        private Layer layer(int index) {
            Layer known = layers.get(index);
            if (known == null) {
                known = read(dockerfile.stages().get(index));
                layers.put(index, known);
            }
            return known;
        }

        private Layer read(Stage stage) {
            String base = global.expand(stage.base()).orElse(stage.base());
            Optional<Stage> parent = dockerfile.stage(base).filter(other -> other.index() < stage.index());
            Layer layer = new Layer(new StageScope(
                    project.request().build().args(), global.args(), dockerfile.escape(), Map.of(), "/"));
            if (parent.isPresent()) {
                Layer above = layer(parent.get().index());
                layer.files.putAll(above.files);
                layer.runs.addAll(above.runs);
                layer.folders.addAll(above.folders);
                layer.bases.addAll(above.bases);
                layer.base = above.base;
                layer.baseLine = above.baseLine;
                layer.command = above.command;
                layer.entrypoint = above.entrypoint;
                layer.unclear = above.unclear;
                layer.scope = new StageScope(
                        project.request().build().args(),
                        global.args(),
                        dockerfile.escape(),
                        above.scope.env(),
                        above.scope.workdir());
            } else {
                layer.base = base;
                layer.bases.add(base);
                layer.baseLine = stage.from().line();
            }
            for (Instruction instruction : stage.instructions()) {
                apply(instruction, layer, stage.index() == last);
            }
            return layer;
        }

        private void apply(Instruction instruction, Layer layer, boolean lastStage) {
            layer.scope.apply(instruction);
            if (instruction.is(Keyword.WORKDIR)) {
                layer.folders.add(layer.scope.workdir());
            } else if (instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD)) {
                copy(instruction, layer);
            } else if (instruction.is(Keyword.RUN)) {
                run(instruction, layer, lastStage);
            } else if (instruction.is(Keyword.CMD)) {
                layer.command = Optional.of(instruction);
            } else if (instruction.is(Keyword.ENTRYPOINT)) {
                layer.entrypoint = Optional.of(instruction);
                layer.command = layer.command.filter(given -> given.line() > instruction.line());
            }
        }

        private void run(Instruction instruction, Layer layer, boolean lastStage) {
            StringBuilder text = new StringBuilder(
                    instruction.execForm().map(words -> String.join(" ", words)).orElse(instruction.arguments()));
            instruction.heredocs().forEach(heredoc -> text.append('\n').append(heredoc.text()));
            String folder = layer.scope.workdir();
            Map<String, String> files = new HashMap<>(layer.files);
            // What a bind mount shows is there while the command runs.
            for (String flag : instruction.flags()) {
                bindMount(flag, files, layer);
            }
            for (String part : text.toString().split("&&|\\|\\||;|\\||\n", -1)) {
                List<String> words = ShellWords.split(part.strip(), dockerfile.escape()).stream()
                        .map(word -> layer.scope.expand(word).orElse(word))
                        .toList();
                if (words.size() > 1 && words.get(0).equals("cd")) {
                    folder = words.get(1).startsWith("/") ? words.get(1) : folder + "/" + words.get(1);
                } else if (!words.isEmpty()) {
                    layer.runs.add(new Run(
                            words, part.strip(), "/" + GlobPath.clean(folder), instruction.line(), lastStage, files));
                }
            }
        }

        private void bindMount(String flag, Map<String, String> files, Layer layer) {
            if (!flag.startsWith("--mount=") || !flag.contains("type=bind")) {
                return;
            }
            Map<String, String> options = new HashMap<>();
            for (String option : flag.substring("--mount=".length()).split(",", -1)) {
                int equals = option.indexOf('=');
                options.put(
                        equals < 0 ? option : option.substring(0, equals),
                        equals < 0 ? "" : option.substring(equals + 1));
            }
            String target = options.getOrDefault(
                    "target", options.getOrDefault("dst", options.getOrDefault("destination", "")));
            String source = GlobPath.clean(options.getOrDefault("source", options.getOrDefault("src", "")));
            if (options.containsKey("from") || target.isEmpty()) {
                return;
            }
            String at = layer.scope.resolve(target);
            for (String path : context) {
                if (path.equals(source)) {
                    files.put(at, prefix + path);
                } else if (source.isEmpty() || source.equals(".") || path.startsWith(source + "/")) {
                    String rest = source.isEmpty() || source.equals(".") ? path : path.substring(source.length() + 1);
                    files.put(at + "/" + rest, prefix + path);
                }
            }
        }

        private void copy(Instruction instruction, Layer layer) {
            List<String> words = new ArrayList<>(instruction
                    .execForm()
                    .orElseGet(() -> ShellWords.split(instruction.arguments(), dockerfile.escape())));
            words.replaceAll(word -> layer.scope.expand(word).orElse(word));
            if (words.size() < 2) {
                return;
            }
            String written = words.remove(words.size() - 1);
            String to = layer.scope.resolve(written);
            Optional<String> from = instruction.flag("from");
            Optional<Stage> stage =
                    from.map(name -> layer.scope.expand(name).orElse(name)).flatMap(dockerfile::stage);
            if (from.isPresent() && stage.isEmpty()) {
                layer.unclear = true;
                return;
            }
            Map<String, String> source = new LinkedHashMap<>();
            if (stage.isPresent()) {
                Layer other = layer(stage.get().index());
                layer.runs.addAll(
                        0,
                        other.runs.stream()
                                .map(run ->
                                        new Run(run.words(), run.text(), run.workdir(), run.line(), false, run.files()))
                                .toList());
                layer.bases.addAll(other.bases);
                other.files.forEach((path, file) -> source.put(path.substring(1), file));
            } else {
                context.forEach(path -> source.put(path, prefix + path));
            }
            boolean folder = written.endsWith("/") || written.equals(".") || words.size() > 1 || isFolder(to, layer);
            boolean parents = instruction.flag("parents").isPresent();
            for (String word : words) {
                if (word.contains("://") || word.endsWith(".git")) {
                    layer.unclear = true;
                }
                place(word, source, to, folder, parents, layer);
            }
        }

        private static boolean isFolder(String path, Layer layer) {
            return layer.folders.stream().anyMatch(known -> known.equals(path) || known.startsWith(path + "/"))
                    || layer.files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
        }

        private static void place(
                String word, Map<String, String> source, String to, boolean folder, boolean parents, Layer layer) {
            String clean = GlobPath.clean(word);
            String wanted = clean.equals(".") ? "" : clean.startsWith("/") ? clean.substring(1) : clean;
            GlobPath glob = new GlobPath(wanted);
            Map<String, String> placed = new LinkedHashMap<>();
            source.forEach((path, file) -> {
                String name = path.substring(path.lastIndexOf('/') + 1);
                if (wanted.isEmpty() || (parents && (path.equals(wanted) || path.startsWith(wanted + "/")))) {
                    placed.put(to + "/" + path, file);
                } else if (path.equals(wanted) || glob.matches(path)) {
                    placed.put(folder ? to + "/" + name : to, file);
                } else {
                    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                        String above = path.substring(0, slash);
                        if (above.equals(wanted) || glob.matches(above)) {
                            placed.put(to + path.substring(slash), file);
                            break;
                        }
                    }
                }
            });
            placed.forEach((path, file) -> layer.files.put("/" + GlobPath.clean(path), file));
        }
    }

    /** The base's Python, where its tag says it. */
    java.util.OptionalInt minor() {
        java.util.regex.Matcher tag = java.util.regex.Pattern.compile(
                        "(?:^|[/:-])(?:python)?[:-]?3\\.(\\d{1,2})(?![0-9])")
                .matcher(base);
        boolean python = base.contains("python") || base.contains("/uv:");
        return python && tag.find()
                ? java.util.OptionalInt.of(Integer.parseInt(tag.group(1)))
                : java.util.OptionalInt.empty();
    }

    /** Whether an image is known to bring no Python packages but pip. */
    static boolean isBare(String image) {
        String name = image.replaceFirst("@.*$", "").replaceFirst(":[^/]*$", "");
        String last = name.substring(name.lastIndexOf('/') + 1);
        return (Set.of("python", "debian", "ubuntu", "alpine", "scratch").contains(last) && !image.contains("$"))
                || name.equals("ghcr.io/astral-sh/uv");
    }

    /** Whether everything that is in the image can be told. */
    boolean isBare() {
        return !unclear && bases.stream().allMatch(ImagePlan::isBare);
    }
}
