package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that could not be executed, by the words of the engine, the shell, {@code env} or an init program. Read in one place
 * because "no such file" means four different things, and only together with the file itself can be told which.
 *
 * @param program as named in the message, empty string if the message names none
 * @param script place of the script's line that wanted to run it
 * @param seen what the gate saw of the file before the start
 * @param decisive whether it is what ended the boot, not a side remark in the log
 */
record ExecFailure(
        Kind kind,
        String program,
        Optional<Location> script,
        Optional<ScriptSeen> seen,
        Evidence evidence,
        boolean decisive) {

    /** What went wrong by the words alone. */
    enum Kind {
        /** There is no such program. */
        NOT_FOUND,
        /** The file is there and its interpreter is not. */
        NO_INTERPRETER,
        /** What {@code env} was told to run by a script's first line is not there. */
        ENV_NOT_FOUND,
        NOT_PERMITTED,
        /** The kernel knows no way to run the file. */
        FORMAT,
        /** Python found no module to run with {@code -m}. */
        NO_MODULE,
        /** An interpreter was told to run a script that is not there. */
        NO_SCRIPT
    }

    private record Wording(Kind kind, boolean byEngine, int program, Pattern pattern) {}

    private static final String SHELL_LINE = "^(\\S+): (?:line )?(\\d+): (?:exec: )?";
    private static final String INIT =
            "^\\s?(?:exec (?:container process )?[`\"]?(\\S+?)[`\"]?|standard_init_linux\\.go:\\d+: "
                    + "exec user process caused(?: \"|:)? ?\"?())";

    private static final List<Wording> WORDINGS = List.of(
            engine(
                    Kind.NOT_FOUND,
                    "exec: \\\\*\"([^\"\\\\]+)\\\\*\": (?:executable file not found|stat \\S+: no such file|no such file)"),
            engine(Kind.NOT_FOUND, "executable file `([^`]+)` not found in \\$PATH"),
            engine(
                    Kind.NOT_PERMITTED,
                    "exec: \\\\*\"([^\"\\\\]+)\\\\*\": (?:stat \\S+: )?(?:permission denied|is a directory)"),
            engine(Kind.NOT_PERMITTED, "open executable()?: Permission denied"),
            engine(Kind.FORMAT, "exec: \\\\*\"([^\"\\\\]+)\\\\*\": exec format error"),
            engine(Kind.NO_INTERPRETER, INIT + ":? ?no such file or directory\"?$"),
            engine(Kind.FORMAT, INIT + ":? ?exec format error\"?$"),
            engine(Kind.NOT_PERMITTED, INIT + ":? ?permission denied\"?$"),
            engine(Kind.NOT_FOUND, "^\\[FATAL tini \\(\\d+\\)\\] exec (\\S+) failed: No such file"),
            engine(Kind.NOT_PERMITTED, "^\\[FATAL tini \\(\\d+\\)\\] exec (\\S+) failed: Permission denied"),
            engine(Kind.FORMAT, "^\\[FATAL tini \\(\\d+\\)\\] exec (\\S+) failed: Exec format error"),
            engine(Kind.NOT_FOUND, "^(?:\\[dumb-init\\]|su-exec:) (\\S+): No such file or directory"),
            engine(Kind.NOT_PERMITTED, "^(?:\\[dumb-init\\]|su-exec:) (\\S+): Permission denied"),
            engine(Kind.FORMAT, "^(?:\\[dumb-init\\]|su-exec:) (\\S+): Exec format error"),
            shell(Kind.ENV_NOT_FOUND, 1, "^(?:\\S*/)?env: [‘'\"`](.+?)[’'\"]: No such file or directory"),
            shell(Kind.ENV_NOT_FOUND, 1, "^(?:\\S*/)?env: can't execute '(.+?)': No such file or directory"),
            shell(Kind.NOT_PERMITTED, 1, "^(?:\\S*/)?env: [‘'\"`](.+?)[’'\"]: Permission denied"),
            shell(Kind.NO_INTERPRETER, 3, SHELL_LINE + "(.+?): cannot execute: required file not found$"),
            shell(
                    Kind.NO_INTERPRETER,
                    1,
                    "^(?:\\S+: (?:line )?(?:\\d+: )?)?(\\S+): (?:\\S*): bad interpreter: No such file"),
            shell(Kind.FORMAT, 3, SHELL_LINE + "(.+?): (?:cannot execute binary file: )?Exec format error$"),
            shell(Kind.NOT_PERMITTED, 3, SHELL_LINE + "(.+?): (?:Permission denied|Is a directory)$"),
            shell(Kind.NOT_FOUND, 3, SHELL_LINE + "(.+?): (?:command )?not found$"),
            shell(Kind.NOT_FOUND, 3, SHELL_LINE + "((?:\\./|/)\\S*): No such file or directory$"),
            shell(Kind.NOT_FOUND, 1, "^(?:\\S*/)?(?:ba|a|da)?sh: (\\S+): (?:command )?not found$"),
            shell(Kind.NOT_FOUND, 2, "^(?:\\S+: )?exec: (?:line (\\d+): )?(\\S+): not found$"),
            shell(Kind.NOT_FOUND, 1, "\\bspawnerr: can't find command '([^']+)'"),
            shell(Kind.NOT_PERMITTED, 1, "\\bspawnerr: command at '([^']+)' is not executable"),
            shell(Kind.NO_MODULE, 1, "^\\S*python[\\d.]*: No module named (\\S+?)(?:\\.__main__;.*)?$"),
            shell(Kind.NO_MODULE, 1, "^\\S*python[\\d.]*: Error while finding module specification for '([^']+)'"),
            shell(Kind.NO_SCRIPT, 1, "^\\S*python[\\d.]*: can't open file '(.+?)': \\[Errno 2\\]"),
            shell(
                    Kind.NO_SCRIPT,
                    1,
                    "^(?:\\S*/)?(?:ba|a|da)?sh: (?:\\d+: )?(?:cannot|[Cc]an't) open '?([^\\s':]+)'?(?:: No such file.*)?$"),
            shell(Kind.NO_SCRIPT, 1, "^(?:\\S*/)?(?:ba|a|da)?sh: (\\S+): No such file or directory$"));

    private static Wording engine(Kind kind, String regex) {
        return new Wording(kind, true, 1, Pattern.compile(regex));
    }

    private static Wording shell(Kind kind, int program, String regex) {
        return new Wording(kind, false, program, Pattern.compile(regex));
    }

    /** The last one that the log tells, or the engine's; empty where the server came to speak. */
    static Optional<ExecFailure> in(Symptoms symptoms) {
        Optional<StartRefused> refused = symptoms.timeline().first(StartRefused.class);
        if (refused.isPresent()) {
            String message = refused.get().message();
            return WORDINGS.stream()
                    .filter(Wording::byEngine)
                    .flatMap(wording ->
                            read(
                                    symptoms,
                                    wording,
                                    message,
                                    Sightings.engine(refused.get().at(), message))
                                    .stream())
                    .findFirst();
        }
        if (Sightings.serverSpoke(symptoms)) {
            return Optional.empty();
        }
        for (int i = symptoms.lines().size() - 1; i >= 0; i--) {
            Line line = symptoms.lines().get(i);
            for (Wording wording : WORDINGS) {
                Optional<ExecFailure> found = read(symptoms, wording, line.text(), line.evidence());
                if (found.isPresent() && (found.get().decisive() || isLast(symptoms, line))) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ExecFailure> read(Symptoms symptoms, Wording wording, String text, Evidence evidence) {
        Matcher matcher = wording.pattern().matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String program = matcher.group(wording.program());
        Optional<Location> script = Optional.empty();
        if (wording.program() == 3) {
            script = script(symptoms, matcher.group(1), Integer.parseInt(matcher.group(2)));
        }
        String named = program == null ? "" : program;
        OptionalInt code =
                Sightings.exit(symptoms).map(e -> OptionalInt.of(e.exitCode())).orElse(OptionalInt.empty());
        boolean byShell = code.isPresent() && (code.getAsInt() == 126 || code.getAsInt() == 127);
        boolean decisive = wording.byEngine()
                || byShell
                || CommandLine.isServer(named)
                || (wording.kind() == Kind.NO_MODULE && code.isPresent());
        return Optional.of(new ExecFailure(wording.kind(), named, script, seen(symptoms, named), evidence, decisive));
    }

    private static boolean isLast(Symptoms symptoms, Line line) {
        boolean ended = Sightings.exit(symptoms).isPresent()
                || !symptoms.timeline().has(Created.class); // a log from elsewhere ends where it ends
        return ended
                && Sightings.lastLine(symptoms).map(last -> last.equals(line)).orElse(false);
    }

    private static Optional<Location> script(Symptoms symptoms, String name, int line) {
        CommandLine command = CommandLine.of(symptoms.boot());
        boolean isShell = name.matches("(?:\\S*/)?(?:ba|a|da)?sh") || name.equals("exec:");
        return isShell ? Optional.empty() : Optional.of(Location.inImage(command.path(name), line));
    }

    private static Optional<ScriptSeen> seen(Symptoms symptoms, String program) {
        List<ScriptSeen> all = symptoms.timeline().all(ScriptSeen.class).toList();
        if (program.isEmpty()) {
            // Old engines do not name it: it is the first word of the command.
            return all.stream().findFirst();
        }
        String path = CommandLine.of(symptoms.boot()).path(program);
        return all.stream().filter(script -> script.path().equals(path)).findFirst();
    }

    /** Whether the file is known to be a script with Windows line ends. */
    boolean isCrlf() {
        String name = program.toLowerCase(Locale.ROOT);
        return seen.map(ScriptSeen::crlf).orElse(false)
                || name.contains("\r")
                || name.contains("\\r")
                || name.contains("^m");
    }

    /** Whether the file was there before the start. */
    boolean exists() {
        return seen.map(ScriptSeen::exists).orElse(false);
    }

    /** Whether the words say that something is missing although the file itself was there. */
    boolean isInterpreterMissing() {
        return kind == Kind.NO_INTERPRETER || (kind == Kind.NOT_FOUND && exists()) || isEnvOfAScript();
    }

    private boolean isEnvOfAScript() {
        return kind == Kind.ENV_NOT_FOUND;
    }

    /** A program that an installer wrote, such as {@code /usr/local/bin/gunicorn}: nobody's editor gave it other line ends. */
    boolean isInstalled() {
        return program.matches("\\S*/bin/[^/.]+");
    }

    /** The program as one says it. */
    String name() {
        return program.isEmpty() ? "the start command" : program;
    }

    /** Place of the file itself, line 1: where a script names its interpreter. */
    Optional<Location> file(Symptoms symptoms) {
        return program.isEmpty() || !program.contains("/")
                ? seen.map(script -> Location.inImage(script.path(), 1))
                : Optional.of(Location.inImage(CommandLine.of(symptoms.boot()).path(program), 1));
    }
}
