package io.bootgate.image.docker;

import io.bootgate.image.SourceFiles;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.dockerfile.StageScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the project's file behind a file of the image, by what WORKDIR, COPY and ADD say. Files that a RUN makes or moves are
 * not known.
 */
final class CopiedFiles implements SourceFiles {
    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final Map<String, String> args;
    private final Function<String, BaseImage> bases;
    private final List<StageFiles> stages = new ArrayList<>();
    private final int last;

    /** @param bases what the engine knows of an image that a stage starts from */
    CopiedFiles(
            Dockerfile dockerfile,
            BuildContext context,
            Map<String, String> args,
            Optional<String> target,
            Function<String, BaseImage> bases) {
        this.dockerfile = dockerfile;
        this.context = context;
        this.args = args;
        this.bases = bases;
        StageScope global = new StageScope(args, Map.of(), dockerfile.escape(), Map.of(), "/");
        dockerfile.preamble().forEach(global::apply);
        List<Stage> all = dockerfile.stages();
        last = target.flatMap(dockerfile::stage).map(Stage::index).orElse(all.size() - 1);
        for (Stage stage : all.subList(0, last + 1)) {
            stages.add(read(stage, global));
        }
    }

    /**
     * What is copied in one stage.
     *
     * @param parent the stage it starts from, -1 if that is an image
     */
    private record StageFiles(int parent, List<Copy> copies, Map<String, String> env, String workdir) {}

    /**
     * One COPY or ADD.
     *
     * @param from the stage copied from, -1 if that is the build context
     * @param sources cleaned; a leading slash is taken off
     * @param destination absolute, without trailing slash
     * @param folder whether the destination is surely a folder
     * @param parents whether folders of the source are kept
     * @param written paths that a heredoc makes: they have no file behind them
     */
    private record Copy(
            int from,
            List<String> sources,
            String destination,
            boolean folder,
            boolean parents,
            List<String> written) {}

    @Override
    public Optional<Path> origin(String inImage) {
        return last < 0 || !inImage.startsWith("/") ? Optional.empty() : origin(last, "/" + GlobPath.clean(inImage));
    }

    private StageFiles read(Stage stage, StageScope global) {
        String base = global.expand(stage.base()).orElse("");
        int parent = dockerfile
                .stage(base)
                .map(Stage::index)
                .filter(index -> index < stage.index())
                .orElse(-1);
        BaseImage image = parent >= 0
                ? new BaseImage(stages.get(parent).workdir, stages.get(parent).env, List.of())
                : bases.apply(base);
        StageScope scope = new StageScope(args, global.args(), dockerfile.escape(), image.env(), image.workdir());
        List<Copy> copies = new ArrayList<>();
        Stream.concat(
                        Dockerfile.parse(String.join("\n", image.triggers())).instructions().stream(),
                        stage.instructions().stream())
                .forEach(instruction -> {
                    scope.apply(instruction);
                    if (instruction.is(Keyword.COPY) || instruction.is(Keyword.ADD)) {
                        copy(instruction, scope, stage.index()).ifPresent(copies::add);
                    }
                });
        return new StageFiles(parent, List.copyOf(copies), new HashMap<>(scope.env()), scope.workdir());
    }

    private Optional<Copy> copy(Instruction instruction, StageScope scope, int stage) {
        int from = -1;
        if (instruction.flag("from").isPresent()) {
            from = dockerfile
                    .stage(instruction.flag("from").get())
                    .map(Stage::index)
                    .filter(index -> index < stage)
                    .orElse(stage);
        }
        List<String> words = instruction.execForm().orElseGet(instruction::words);
        List<String> expanded =
                words.stream().flatMap(word -> scope.expand(word).stream()).toList();
        // From another image, or written in a way that is not understood.
        if (from == stage || expanded.size() < words.size() || words.size() < 2) {
            return Optional.empty();
        }
        String written = expanded.get(expanded.size() - 1);
        String destination = scope.resolve(written);
        List<String> heredocs = instruction.heredocs().stream()
                .flatMap(heredoc -> Stream.of(destination, under(destination, heredoc.name())))
                .toList();
        List<String> sources = expanded.subList(0, expanded.size() - 1).stream()
                .filter(source -> !source.contains("://") && !source.startsWith("<<"))
                .map(GlobPath::clean)
                .toList();
        boolean folder = written.endsWith("/")
                || written.equals(".")
                || written.endsWith("/.")
                || sources.size() > 1
                || destination.equals("/");
        return Optional.of(new Copy(
                from, sources, destination, folder, instruction.flag("parents").isPresent(), heredocs));
    }

    private Optional<Path> origin(int stage, String path) {
        StageFiles files = stages.get(stage);
        for (int i = files.copies.size() - 1; i >= 0; i--) {
            Copy copy = files.copies.get(i);
            if (copy.written.contains(path)) {
                return Optional.empty();
            }
            Optional<Path> found = origin(copy, path);
            if (found.isPresent()) {
                return found;
            }
        }
        return files.parent < 0 ? Optional.empty() : origin(files.parent, path);
    }

    private Optional<Path> origin(Copy copy, String path) {
        String inside = copy.destination.equals("/") ? "/" : copy.destination + "/";
        boolean same = path.equals(copy.destination) && !copy.folder;
        if (!same && !path.startsWith(inside)) {
            return Optional.empty();
        }
        String rest = same ? "" : path.substring(inside.length());
        for (int i = copy.sources.size() - 1; i >= 0; i--) {
            String source = copy.sources.get(i);
            Optional<Path> found = candidates(copy, source, rest)
                    .map(candidate -> copy.from < 0 ? context.sentFile(candidate) : origin(copy.from, "/" + candidate))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * What the source may have been for {@code rest} to be there below the destination: the file itself, copied to that name;
     * a file copied into the folder; something in a copied folder, whose contents are copied without its name.
     */
    private Stream<String> candidates(Copy copy, String source, String rest) {
        if (rest.isEmpty()) {
            return matching(copy, source);
        }
        GlobPath glob = new GlobPath(source);
        if (glob.isPattern() && copy.from >= 0) {
            // What another stage holds is known only by asking for single files.
            String below = source.substring(0, source.lastIndexOf('/') + 1) + rest;
            return glob.matches(below) ? Stream.of(below) : Stream.empty();
        }
        if (copy.parents) {
            return matching(copy, source)
                    .filter(match -> match.isEmpty() || rest.equals(match) || rest.startsWith(match + "/"))
                    .map(match -> rest);
        }
        return matching(copy, source).flatMap(match -> {
            String name = match.substring(match.lastIndexOf('/') + 1);
            String below = match.isEmpty() ? rest : match + "/" + rest;
            return name.equals(rest) ? Stream.of(below, match) : Stream.of(below);
        });
    }

    private Stream<String> matching(Copy copy, String source) {
        GlobPath glob = new GlobPath(source);
        if (!glob.isPattern()) {
            return Stream.of(source);
        }
        return copy.from < 0 ? context.sentPaths().stream().filter(glob::matches) : Stream.empty();
    }

    private static String under(String folder, String name) {
        return folder.equals("/") ? "/" + name : folder + "/" + name;
    }
}
