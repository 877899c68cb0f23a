package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerStopping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The container runs, or ended in peace, and no server was ever started; or the server went into the background. */
final class ServerNotStarted implements CauseRule {
    /** Programs that keep a container alive or come before something else, and Python without a program to run. */
    private static final Pattern IDLE = Pattern.compile(
            "^(?:\\S*/)?(?:sleep|tail|cat|true|pause|tini|dumb-init|docker-init|catatonit|(?:ba|da|a|z|k)?sh)(?:\\s.*)?$"
                    + "|^(?:\\S*/)?python[\\d.]*$");

    private static final String STAY = "Remove that option: in a container the server stays in the foreground.";

    private static final Pattern PYTHON = Pattern.compile("^(?:\\S*/)?python[\\d.]*\\s");

    @Override
    public CauseId id() {
        return CauseId.SERVER_NOT_STARTED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Optional<Exited> exit = Sightings.exit(symptoms);
        return exit.isPresent() ? exit.flatMap(exited -> inPeace(symptoms, exited)) : stillRunning(symptoms);
    }

    private Optional<Finding> inPeace(Symptoms symptoms, Exited exited) {
        boolean asked = symptoms.timeline().has(ServerStopping.class)
                || symptoms.timeline().has(BindFailed.class);
        if (exited.exitCode() != 0 || asked || importsInMain(symptoms)) {
            return Optional.empty();
        }
        CommandLine command = CommandLine.of(symptoms.boot());
        List<Evidence> evidence = new ArrayList<>(List.of(Sightings.ended(exited)));
        Sightings.lastLine(symptoms).ifPresent(line -> evidence.add(line.evidence()));
        Optional<String> option = daemonOption(command);
        if (option.isPresent()) {
            return Optional.of(certain(
                    "The server went into the background (%s), and the container ended with the process that had started it."
                            .formatted(option.get()),
                    evidence,
                    Optional.empty(),
                    STAY));
        }
        if (Sightings.serverRan(symptoms)) {
            return Optional.of(
                    likely(
                            "The start command ended with exit code 0 while the server was in the background.",
                            evidence,
                            Optional.empty(),
                            "Run the server in the foreground, as the last command of the script, with exec before it and no & behind."));
        }
        return Optional.of(certain(
                "The container ended with exit code 0%s, and no server was started%s."
                        .formatted(Sightings.after(exited.at()), saying(command)),
                evidence,
                Optional.empty(),
                fix(symptoms)));
    }

    private static Optional<String> daemonOption(CommandLine command) {
        return Stream.of("--daemonize", "--daemon", "-D").filter(command::has).findFirst();
    }

    /** Exit code 0 of a server that imports the application itself is the application's. */
    private static boolean importsInMain(Symptoms symptoms) {
        return new SystemExitCalled().diagnose(symptoms).isPresent();
    }

    private Optional<Finding> stillRunning(Symptoms symptoms) {
        Optional<ProcessesSeen> table = symptoms.timeline().last(ProcessesSeen.class);
        if (table.isEmpty()
                || table.get().processes().isEmpty()
                || isUnderWay(symptoms, table.get())
                || Sightings.answered(symptoms).isPresent()
                || !Sightings.listeners(symptoms).isEmpty()) {
            return Optional.empty();
        }
        List<String> commands =
                table.get().processes().stream().map(RunningProcess::command).toList();
        boolean idle = commands.stream()
                .allMatch(command -> IDLE.matcher(command.strip()).matches());
        // Some program of the user's own that may be about to listen: whether it hangs is for another rule.
        if (!idle
                && !isOnlyWords(symptoms)
                && commands.stream()
                        .anyMatch(command -> PYTHON.matcher(command.strip()).find())) {
            return Optional.empty();
        }
        Evidence evidence = new Evidence(
                "processes",
                0,
                table.get().at(),
                "Running after %s: %s"
                        .formatted(
                                Sightings.time(table.get().at()),
                                String.join("; ", commands.subList(0, Math.min(4, commands.size())))));
        String detail =
                "The container runs %s, and no server was started.".formatted(commands.get(commands.size() - 1));
        List<Evidence> all = new ArrayList<>(List.of(evidence));
        Sightings.lastLine(symptoms).ifPresent(line -> all.add(line.evidence()));
        Optional<String> option = daemonOption(CommandLine.of(symptoms.boot()));
        if (option.isPresent()) {
            return Optional.of(likely(
                    "The server was sent into the background (%s) and ended there, where nobody sees why."
                            .formatted(option.get()),
                    all,
                    Optional.empty(),
                    STAY));
        }
        return Optional.of(
                idle
                        ? certain(detail, all, Optional.empty(), fix(symptoms))
                        : likely(detail, all, Optional.empty(), fix(symptoms)));
    }

    /** Whether a server said anything, or is among the processes still. */
    private static boolean isUnderWay(Symptoms symptoms, ProcessesSeen table) {
        return !Sightings.servers(table).isEmpty()
                || (Sightings.serverSpoke(symptoms) && !isOnlyWords(symptoms))
                || (!Sightings.serverSpoke(symptoms)
                        && symptoms.first(Sightings.WORDS_OF_A_SERVER).isPresent());
    }

    /** A bind line that no open port bears out: any program can print one. */
    private static boolean isOnlyWords(Symptoms symptoms) {
        return Sightings.isBindSeenThrough(symptoms)
                && symptoms.timeline()
                        .all(ServerBound.class)
                        .flatMap(bound -> bound.addresses().stream())
                        .allMatch(address -> Address.of(address).isTcp());
    }

    private static String saying(CommandLine command) {
        return command.words().isEmpty() ? "" : " (the command is: " + command.text() + ")";
    }

    private static String fix(Symptoms symptoms) {
        return "Let CMD or the last line of the entry script start the server in the foreground, for example: CMD [\"gunicorn\", \"-b\","
                + " \"0.0.0.0:%d\", \"app:app\"]."
                        .formatted(symptoms.boot().expectedPort().orElse(8000));
    }
}
