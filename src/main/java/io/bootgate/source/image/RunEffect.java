package io.bootgate.source.image;

import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.image.ImageFile.Kind;
import io.bootgate.source.shell.ShellScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the commands of a RUN do to files, as far as they are simple; what they may do beside is left open. */
final class RunEffect {
    /** They touch nothing but the system's folders. */
    private static final Set<String> ELSEWHERE = Set.of(
            "apt-get",
            "apt",
            "apk",
            "yum",
            "dnf",
            "microdnf",
            "dpkg",
            "pip",
            "pip3",
            "pipx",
            "useradd",
            "adduser",
            "groupadd",
            "addgroup",
            "usermod",
            "update-ca-certificates",
            "ldconfig",
            "locale-gen",
            "update-locale",
            "echo",
            "printf",
            "true",
            ":",
            "set",
            "export",
            "test",
            "[",
            "[[",
            "ls",
            "cat",
            "which",
            "command",
            "sleep",
            "id",
            "env",
            "exit",
            "if",
            "fi",
            "passwd",
            "chpasswd",
            "hash",
            "type",
            "grep",
            "head",
            "tail",
            "date",
            "uname",
            "pwd",
            "whoami",
            "gpg",
            "add-apt-repository",
            "sysctl",
            "localedef",
            "dpkg-reconfigure",
            "unset",
            "getent",
            "umask",
            "shopt",
            "rc-update",
            "ulimit",
            "corepack",
            "sha256sum",
            "md5sum",
            "mesg",
            "nproc",
            "ldd",
            "strip",
            "fc-cache");

    /** They leave files where they run, and change nothing that is there. */
    private static final Set<String> HERE = Set.of(
            "python",
            "python3",
            "poetry",
            "uv",
            "pipenv",
            "pdm",
            "npm",
            "npx",
            "yarn",
            "pnpm",
            "node",
            "django-admin",
            "flask",
            "alembic",
            "pytest",
            "gcc",
            "cc",
            "g++",
            "curl",
            "wget",
            "git",
            "tar",
            "unzip",
            "flake8",
            "black",
            "mypy",
            "ruff",
            "virtualenv",
            "conda",
            "mamba",
            "micromamba",
            "playwright",
            "gunicorn",
            "openssl",
            "ssh-keyscan",
            "ssh-keygen",
            "msgfmt",
            "pybabel",
            "sphinx-build",
            "spacy",
            "nltk",
            "cython",
            "rustup",
            "cargo",
            "go",
            "java",
            "dos2unix");

    private final ImageStage stage;
    private final Instruction instruction;
    private final int line;
    private String workdir;

    RunEffect(ImageStage stage, Instruction instruction) {
        this.stage = stage;
        this.instruction = instruction;
        this.line = instruction.line();
        this.workdir = stage.workdir();
    }

    void apply() {
        Optional<List<String>> exec = instruction.execForm();
        if (exec.isPresent()) {
            take(exec.get());
            return;
        }
        Map<String, String> variables = new HashMap<>(stage.scope().args());
        variables.putAll(stage.env());
        String text = instruction.heredocs().isEmpty()
                ? instruction.arguments()
                : instruction.heredocs().get(0).text();
        ShellScript script = ShellScript.read(text, variables, List.of());
        script.commands().forEach(this::take);
        script.writes().stream()
                .filter(path -> !path.startsWith("/dev/") && !path.startsWith("&") && !path.isEmpty())
                .forEach(path -> stage.put(ImageFile.made(path(path), line)));
    }

    private void take(List<String> words) {
        List<String> command = new ArrayList<>(words);
        while (!command.isEmpty()
                && (ShellScript.isAssignment(command.get(0))
                        || command.get(0).equals("sudo")
                        || command.get(0).equals("exec")
                        || command.get(0).equals("time"))) {
            command.remove(0);
        }
        if (command.isEmpty()) {
            return;
        }
        RunCommand ran = new RunCommand(command, workdir, stage.user(), instruction);
        stage.commands.add(ran);
        List<String> arguments = command.subList(1, command.size()).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
        boolean unclear = command.stream().anyMatch(word -> word.contains(ShellScript.UNKNOWN_TEXT));
        effect(ran.program(), command, arguments, unclear);
    }

    private void effect(String program, List<String> command, List<String> arguments, boolean unclear) {
        switch (program) {
            case "cd" -> workdir = arguments.isEmpty() ? "/root" : path(arguments.get(0));
            case "mkdir" -> arguments.forEach(this::makeFolders);
            case "touch" -> arguments.forEach(name -> stage.put(ImageFile.made(path(name), line)));
            case "rm", "rmdir" -> arguments.forEach(this::remove);
            case "chmod" -> chmod(command, unclear);
            case "chown", "chgrp" -> chown(program, command);
            case "cp", "mv", "install" -> copy(program, command, arguments, unclear);
            case "ln" -> link(arguments);
            case "sed", "dos2unix", "perl", "tr", "fromdos" -> edit(arguments);
            case "tee" -> arguments.forEach(name -> stage.put(ImageFile.made(path(name), line)));
            case "find", "xargs" -> {
                if (command.stream().anyMatch(word -> word.matches("-exec|-execdir|-delete"))
                        || program.equals("xargs")) {
                    doubt(command);
                }
            }
            default -> {
                if (HERE.contains(program) || program.matches("(?:python|pip)[\\d.]+")) {
                    if (!installs(command)) {
                        stage.open(workdir);
                    }
                    command.stream().filter(word -> word.startsWith("/")).forEach(stage::open);
                    command.stream()
                            .filter(word -> word.matches("-+[\\w-]+=/.*|-C/.*"))
                            .forEach(word -> stage.open(word.replaceFirst("^[^/]*", "")));
                    arguments.stream()
                            .filter(word -> word.contains("/") && !word.contains("://"))
                            .forEach(word -> stage.open(path(word)));
                } else if (!ELSEWHERE.contains(program)) {
                    stage.doubtEverything();
                }
            }
        }
    }

    /** {@code python -m pip}, {@code python -m venv}: they write where they are told to, or to the system. */
    private static boolean installs(List<String> command) {
        int module = command.indexOf("-m") + 1;
        return command.get(0).contains("pip")
                || (module > 0
                        && module < command.size()
                        && command.get(module).matches("pip|venv|virtualenv|compileall|ensurepip"));
    }

    /** {@code find ... -exec rm} of caches is common and harmless; of the rest nothing is sure. */
    private void doubt(List<String> command) {
        boolean caches =
                command.stream().anyMatch(word -> word.matches(".*(?:__pycache__|\\.py[co]|test|dist-info).*"));
        if (!caches) {
            stage.doubtEverything();
        }
    }

    private void makeFolders(String name) {
        String path = path(name);
        Optional<String> owner = stage.user().isEmpty() ? ImageFile.ROOT : stage.user();
        stage.makeFolder(path, owner, line);
    }

    private void remove(String name) {
        String path = path(name);
        GlobPath glob = new GlobPath(path.substring(1));
        stage.remove(file ->
                glob.isPattern() ? glob.matches(file.path().substring(1)) : ImageStage.isBelow(file.path(), path));
    }

    private void chmod(List<String> command, boolean unclear) {
        int at = 1;
        while (at < command.size() && command.get(at).startsWith("-") && !FileMode.isMode(command.get(at))) {
            at++;
        }
        boolean recursive = command.subList(1, at).stream().anyMatch(word -> word.matches("-[a-zA-Z]*R.*|--recursive"));
        if (at >= command.size() || unclear) {
            stage.change(file -> true, file -> file.withMode(OptionalInt.empty()));
            return;
        }
        String mode = command.get(at);
        for (String name : command.subList(at + 1, command.size())) {
            stage.change(
                    file -> means(name, file, recursive), file -> file.withMode(FileMode.change(file.mode(), mode)));
        }
    }

    private void chown(String program, List<String> command) {
        int at = 1;
        while (at < command.size() && command.get(at).startsWith("-")) {
            at++;
        }
        boolean recursive = command.subList(1, Math.min(at, command.size())).stream()
                .anyMatch(word -> word.matches("-[a-zA-Z]*R.*|--recursive"));
        if (at >= command.size() || program.equals("chgrp")) {
            return;
        }
        String user = command.get(at).split("[:.]", -1)[0];
        Optional<String> owner = user.isEmpty() || user.contains("$") ? Optional.empty() : Optional.of(user);
        for (String name : command.subList(at + 1, command.size())) {
            stage.change(file -> means(name, file, recursive), file -> file.withOwner(owner));
            String path = path(name);
            if (stage.file(path).isEmpty() && !new GlobPath(path).isPattern()) {
                stage.put(ImageFile.folder(path, owner, line));
            }
        }
    }

    private void copy(String program, List<String> command, List<String> words, boolean unclear) {
        List<String> arguments = new ArrayList<>(words);
        OptionalInt mode = OptionalInt.empty();
        int option = command.indexOf("-m");
        if (program.equals("install") && option > 0 && option + 1 < command.size()) {
            mode = FileMode.octal(command.get(option + 1));
            arguments.remove(command.get(option + 1));
        }
        if (arguments.size() < 2
                || unclear
                || command.contains("-t")
                || (program.equals("install") && command.contains("-d"))) {
            stage.open("/");
            return;
        }
        String destination = path(arguments.get(arguments.size() - 1));
        boolean folder = stage.isFolder(destination)
                || arguments.get(arguments.size() - 1).endsWith("/");
        for (String name : arguments.subList(0, arguments.size() - 1)) {
            List<ImageFile> sources = stage.matching(path(name));
            if (sources.isEmpty()) {
                stage.open(destination);
            }
            for (ImageFile source : sources) {
                move(program, source, folder ? under(destination, source.name()) : destination, mode);
            }
        }
    }

    private void move(String program, ImageFile source, String destination, OptionalInt mode) {
        for (ImageFile file : stage.tree(source.path())) {
            String target = destination + file.path().substring(source.path().length());
            ImageFile moved = file.at(target, line);
            stage.put(mode.isPresent() ? moved.withMode(mode) : moved);
        }
        if (program.equals("mv")) {
            stage.remove(file -> ImageStage.isBelow(file.path(), source.path()));
        }
    }

    private void link(List<String> arguments) {
        if (arguments.size() != 2) {
            stage.open("/");
            return;
        }
        String destination = path(arguments.get(1));
        String name = stage.isFolder(destination)
                ? under(destination, arguments.get(0).replaceFirst(".*/", ""))
                : destination;
        String target = arguments.get(0).startsWith("/")
                ? ImageStage.clean(arguments.get(0))
                : ImageStage.clean(under(name.substring(0, Math.max(1, name.lastIndexOf('/'))), arguments.get(0)));
        stage.put(stage.file(target)
                .filter(file -> file.kind() == Kind.FILE)
                .map(file -> file.at(name, line))
                .orElseGet(() -> new ImageFile(
                        name, Kind.LINK, Optional.empty(), OptionalInt.empty(), false, Optional.empty(), line)));
        stage.open(name);
    }

    private void edit(List<String> arguments) {
        arguments.forEach(name -> stage.change(file -> means(name, file, false), ImageFile::edited));
    }

    private boolean means(String name, ImageFile file, boolean recursive) {
        String path = path(name);
        GlobPath glob = new GlobPath(path.substring(1));
        if (glob.isPattern()) {
            return glob.matches(file.path().substring(1));
        }
        return recursive ? ImageStage.isBelow(file.path(), path) : file.path().equals(path);
    }

    private String path(String name) {
        return ImageStage.clean(name.startsWith("/") ? name : under(workdir, name));
    }

    private static String under(String folder, String name) {
        return folder.equals("/") ? "/" + name : folder + "/" + name;
    }
}
