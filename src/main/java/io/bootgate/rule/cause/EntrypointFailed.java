package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An entry script ended with an error before it came to start the server. Where the log says why, another rule says it first, and
 * this is its consequence.
 */
final class EntrypointFailed implements CauseRule {
    private static final Pattern SHEBANG_OF_A_SHELL = Pattern.compile("^#!.*\\b(?:ba|da|a|z|k)?sh\\b");
    private static final int NOT_EXECUTED = 126;

    @Override
    public CauseId id() {
        return CauseId.ENTRYPOINT_FAILED;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Optional<String> script = script(symptoms);
        return Sightings.exit(symptoms)
                .filter(exited -> exited.exitCode() > 0 && exited.exitCode() < NOT_EXECUTED)
                .filter(exited -> script.isPresent()
                        && !Sightings.serverRan(symptoms)
                        && ExecFailure.in(symptoms).isEmpty())
                .map(exited -> finding(symptoms, exited, script.orElseThrow()));
    }

    private Finding finding(Symptoms symptoms, Exited exited, String script) {
        List<Evidence> evidence = new ArrayList<>(List.of(Sightings.ended(exited)));
        Optional<Line> last = Sightings.lastLine(symptoms);
        last.ifPresent(line -> evidence.add(line.evidence()));
        String server = symptoms.boot().server();
        boolean named = CommandLine.isServer(server);
        Optional<Location> place = symptoms.timeline()
                .all(ScriptSeen.class)
                .filter(seen -> seen.exists()
                        && seen.path().equals(CommandLine.of(symptoms.boot()).path(script)))
                .findFirst()
                .map(seen -> new Location(
                        Optional.empty(), OptionalInt.empty(), Optional.of(seen.path()), Optional.empty()));
        return likely(
                "%s ended with exit code %d before %s was started%s."
                        .formatted(
                                script.contains(" ") ? "The start command" : "The entry script " + script,
                                exited.exitCode(),
                                named ? server : "a server",
                                last.map(line -> "; its last words: "
                                                + line.text().strip())
                                        .orElse(", without a word")),
                evidence,
                place,
                last.isPresent()
                        ? "Correct the step that failed; if it may fail, let the script go on with || true behind it."
                        : "Run it with sh -x to see the step that fails: ENTRYPOINT [\"sh\", \"-x\", \"%s\"]."
                                .formatted(script));
    }

    private static Optional<String> script(Symptoms symptoms) {
        CommandLine command = CommandLine.of(symptoms.boot());
        if (command.words().isEmpty()) {
            return Optional.empty();
        }
        if (command.isScript()) {
            String word = command.words().stream()
                    .filter(w -> w.endsWith(".sh") || w.contains("entrypoint"))
                    .findFirst()
                    .orElse(command.isShell() ? command.text() : command.words().get(0));
            return Optional.of(word);
        }
        return symptoms.timeline()
                .all(ScriptSeen.class)
                .filter(seen -> SHEBANG_OF_A_SHELL.matcher(seen.firstLine()).find())
                .filter(seen -> command.words().stream()
                        .anyMatch(word -> command.path(word).equals(seen.path())))
                .findFirst()
                .map(ScriptSeen::path);
    }
}
