package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.server.StartCommand;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.image.ImageFile;
import io.bootgate.source.image.ImageStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the container will be started: what the Dockerfile and the configuration say together.
 *
 * @param entrypoint words of the entry point as the engine runs them
 * @param command words of the command likewise
 * @param entrypointAt the ENTRYPOINT that says so; empty if it is the configuration or if there is none
 * @param commandAt the CMD that says so
 * @param known whether this is surely all: no base image may bring an entry point of its own
 * @param scripts the scripts that are named, by the word that names them
 */
record FutureStart(
        LintProject project,
        ImageStage stage,
        List<String> entrypoint,
        List<String> command,
        Optional<Instruction> entrypointAt,
        Optional<Instruction> commandAt,
        boolean known,
        Map<String, Script> scripts) {

    /**
     * A script that the command names.
     *
     * @param path in the image
     * @param file what is known to be there
     * @param source its text, if it is surely the project's own, unchanged
     */
    record Script(String path, Optional<ImageFile> file, Optional<SourceText> source) {}

    /** Empty if there is no Dockerfile, or nothing that is started is known. */
    static Optional<FutureStart> of(LintProject project) {
        return project.read(Slot.class, Slot::read).start();
    }

    private record Slot(Optional<FutureStart> start) {
        static Slot read(LintProject project) {
            return new Slot(ProjectImage.of(project)
                    .flatMap(image -> image.stage().flatMap(stage -> FutureStart.start(project, stage))));
        }
    }

    private static Optional<FutureStart> start(LintProject project, ImageStage stage) {
        LintRequest.Run run = project.request().run();
        Optional<Instruction> entrypointAt = run.entrypoint().isPresent() ? Optional.empty() : stage.entrypoint();
        boolean keeps = run.entrypoint().isEmpty() && run.command().isEmpty();
        Optional<Instruction> commandAt = keeps ? stage.command() : Optional.empty();
        List<String> entrypoint = run.entrypoint()
                .orElseGet(() -> entrypointAt.map(at -> words(at, stage)).orElse(List.of()));
        List<String> command = run.command()
                .orElseGet(() -> commandAt.map(at -> words(at, stage)).orElse(List.of()));
        if (entrypoint.isEmpty() && command.isEmpty()) {
            return Optional.empty();
        }
        boolean known = !entrypoint.isEmpty() || stage.base().plain();
        // An entry point in shell form gets no arguments.
        boolean shell = entrypointAt.filter(at -> at.execForm().isEmpty()).isPresent();
        List<String> arguments = shell ? List.of() : command;
        FutureStart start =
                new FutureStart(project, stage, entrypoint, arguments, entrypointAt, commandAt, known, Map.of());
        return Optional.of(start.withScripts());
    }

    private static List<String> words(Instruction instruction, ImageStage stage) {
        return instruction.execForm().orElseGet(() -> {
            List<String> shell = new ArrayList<>(stage.shell());
            shell.add(instruction.arguments().trim());
            return shell;
        });
    }

    private FutureStart withScripts() {
        Map<String, Script> found = new LinkedHashMap<>();
        for (String name : Scripts.named(words())) {
            String path =
                    name.contains("/") || !words().get(0).equals(name) ? stage.resolve(inWorkdir(name)) : onPath(name);
            found.put(name, new Script(path, stage.file(path), sourceOf(path)));
        }
        return new FutureStart(project, stage, entrypoint, command, entrypointAt, commandAt, known, found);
    }

    /** A program without a folder is looked for where PATH says, and nowhere else. */
    private String onPath(String name) {
        String path = stage.env().getOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return Stream.of(path.split(":", -1))
                .map(folder -> stage.resolve(folder + "/" + name))
                .filter(file -> stage.file(file).isPresent() || stage.wasOpened(file))
                .findFirst()
                .orElse("/usr/local/bin/" + name);
    }

    private String inWorkdir(String name) {
        return name.startsWith("/") ? name : workdir() + "/" + name;
    }

    /** Entry point and command in one. */
    List<String> words() {
        List<String> all = new ArrayList<>(entrypoint);
        all.addAll(command);
        return all;
    }

    String workdir() {
        return project.request().run().workdir().orElse(stage.workdir());
    }

    /** Empty for the base image's own, which is root mostly. */
    Optional<String> user() {
        return project.request().run().user().or(stage::user);
    }

    /** Whether it surely is not root. */
    boolean isSurelyNotRoot() {
        return user().map(name -> name.split(":", -1)[0])
                .filter(name -> !name.isEmpty()
                        && !name.equals("root")
                        && !name.equals("0")
                        && !name.contains("$")
                        && !name.equals("?"))
                .isPresent();
    }

    /** Variables that the image sets and that the configuration sets. */
    Map<String, String> env() {
        Map<String, String> env = new HashMap<>(stage.env());
        env.putAll(project.request().run().env());
        return env;
    }

    /** Whether the command is run by a shell, because the Dockerfile gives it in shell form. */
    boolean isShellForm() {
        return entrypointAt
                .or(() -> commandAt)
                .filter(at -> at.execForm().isEmpty())
                .isPresent();
    }

    /** The server that is started in the end. */
    Optional<StartCommand> server() {
        Map<String, String> texts = new HashMap<>();
        scripts.forEach((name, script) -> script.source().ifPresent(text -> texts.put(name, text.text())));
        return StartCommand.of(words(), env(), texts);
    }

    /** The Python program that is started by name: {@code python app.py}. */
    Optional<SourceText> pythonProgram() {
        return words().stream()
                .filter(word -> word.endsWith(".py"))
                .findFirst()
                .map(name -> stage.resolve(inWorkdir(name)))
                .flatMap(this::sourceOf);
    }

    /** The project's text of a file in the image, if it is surely unchanged. */
    Optional<SourceText> sourceOf(String path) {
        return stage.file(path)
                .filter(ImageFile::unchanged)
                .flatMap(ImageFile::origin)
                .flatMap(origin -> ProjectImage.of(project).flatMap(image -> project.text(image.inProject(origin))));
    }

    /** All texts of commands and scripts, to see what else is started. */
    String allText() {
        StringBuilder all = new StringBuilder(String.join(" ", words()));
        scripts.values()
                .forEach(script ->
                        script.source().ifPresent(text -> all.append('\n').append(text.text())));
        return all.toString();
    }

    /** Whether a script is run whose text is not known. */
    boolean hasUnknownScript() {
        return scripts.values().stream().anyMatch(script -> script.source().isEmpty());
    }

    /** Where one of these texts stands in what starts the server; else the instruction that starts it. */
    Location place(String... texts) {
        for (String text : texts) {
            if (text.isEmpty()) {
                continue;
            }
            Optional<Location> found = commandAt
                    .flatMap(at -> in(at, text))
                    .or(() -> entrypointAt.flatMap(at -> in(at, text)))
                    .or(() -> scripts.values().stream()
                            .flatMap(script -> script.source().stream())
                            .flatMap(source -> Texts.last(source, text).stream())
                            .findFirst());
            if (found.isPresent()) {
                return found.get();
            }
        }
        return place();
    }

    /** The instruction that starts it. */
    Location place() {
        return commandAt
                .or(() -> entrypointAt)
                .flatMap(at -> project.dockerfile().map(source -> Location.of(source.path(), at.line())))
                .orElse(Location.ofFile("pom.xml"));
    }

    private Optional<Location> in(Instruction at, String text) {
        return project.dockerfile().flatMap(source -> Texts.in(source, at, text));
    }

    /** Which instruction names the script. */
    Location placeOf(String script) {
        return place(script);
    }

    Optional<DockerfileSource> dockerfile() {
        return project.dockerfile();
    }

    static boolean starts(Instruction instruction) {
        return instruction.is(Keyword.CMD) || instruction.is(Keyword.ENTRYPOINT);
    }
}
