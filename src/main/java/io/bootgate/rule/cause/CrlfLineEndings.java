package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with Windows line ends: the carriage return becomes part of the interpreter's name or of an argument. Looks at the
 * raw lines, because a carriage return is what it is about.
 */
final class CrlfLineEndings implements CauseRule {
    private static final Pattern WRITTEN_OUT = Pattern.compile(
            "\\$'[^']*\\\\r'|\\\\r['\"’]|\\^M|(?:env|exec)[^\\r]*\\r['\"’]|set: Illegal option -\\r?$|set: -\\r?: invalid option");
    private static final Pattern AT_THE_END = Pattern.compile(
            "(?:not found|can't|cannot|No such file|unrecognized|invalid|Illegal|[Ee]rror|unexpected)[^\\r]*\\r$|[^\\r]\\r['\"’:,)]");
    private static final Pattern SCRIPT_LINE = Pattern.compile("^(\\S+): (?:line )?(\\d+): ");
    private static final String FIX =
            "Store the file with LF: add \"*.sh text eol=lf\" to .gitattributes and check it out anew; or RUN sed -i 's/\\r$//' %s in the"
                    + " Dockerfile.";

    @Override
    public CauseId id() {
        return CauseId.CRLF_LINE_ENDINGS;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        Optional<ExecFailure> failure = ExecFailure.in(symptoms);
        Optional<Finding> byFile = failure.filter(f -> f.isInterpreterMissing() && f.isCrlf())
                .map(f -> certain(
                        "%s is there, but its lines end in CR LF: the system looks for an interpreter whose name ends in a carriage return."
                                .formatted(script(f, symptoms)),
                        List.of(f.evidence()),
                        f.kind() == ExecFailure.Kind.ENV_NOT_FOUND ? first(symptoms) : f.file(symptoms),
                        FIX.formatted(script(f, symptoms))));
        return byFile.or(() -> byText(symptoms)).or(() -> failure.flatMap(f -> unseen(f, symptoms)));
    }

    /** Only the message is known: of the two reasons for it this is by far the more common. */
    private Optional<Finding> unseen(ExecFailure failure, Symptoms symptoms) {
        if (failure.kind() != ExecFailure.Kind.NO_INTERPRETER || failure.seen().isPresent() || failure.isInstalled()) {
            return Optional.empty();
        }
        return Optional.of(likely(
                "%s is there, but the interpreter in its first line is not: most likely the line ends in CR LF."
                        .formatted(script(failure, symptoms)),
                List.of(failure.evidence()),
                failure.file(symptoms),
                FIX.formatted(script(failure, symptoms)) + " If its lines end in LF, correct the path after #!."));
    }

    private Optional<Finding> byText(Symptoms symptoms) {
        if (Sightings.answered(symptoms).isPresent()) {
            return Optional.empty();
        }
        List<Logged> log = symptoms.timeline().log();
        Optional<Logged> told = log.stream()
                .filter(line -> WRITTEN_OUT.matcher(line.text()).find())
                .findFirst();
        // A program that ends all its lines in CR LF is no sign of anything.
        boolean always = log.stream().filter(line -> line.text().endsWith("\r")).count() > 3;
        Optional<Logged> seen = told.isPresent() || always
                ? told
                : log.stream()
                        .filter(line -> AT_THE_END.matcher(line.text()).find())
                        .findFirst();
        return seen.map(line -> {
            Optional<Location> place = place(line, symptoms);
            String file = place.flatMap(Location::inImage)
                    .orElseGet(() -> first(symptoms).flatMap(Location::inImage).orElse("the script"));
            Evidence evidence = Sightings.evidence(line);
            String detail = "A carriage return became part of a name or an argument: the lines of %s end in CR LF."
                    .formatted(file);
            Optional<Location> where = place.or(() -> first(symptoms));
            return told.isPresent()
                    ? certain(detail, List.of(evidence), where, FIX.formatted(file))
                    : likely(detail, List.of(evidence), where, FIX.formatted(file));
        });
    }

    private static Optional<Location> place(Logged line, Symptoms symptoms) {
        Matcher matcher = SCRIPT_LINE.matcher(line.text());
        return matcher.find() && !matcher.group(1).matches("(?:\\S*/)?(?:ba|a|da)?sh")
                ? Optional.of(Location.inImage(
                        CommandLine.of(symptoms.boot()).path(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The script that the command names, by what the gate saw. */
    private static Optional<Location> first(Symptoms symptoms) {
        return symptoms.timeline()
                .all(ScriptSeen.class)
                .filter(ScriptSeen::crlf)
                .findFirst()
                .map(script -> Location.inImage(script.path(), 1));
    }

    private static String script(ExecFailure failure, Symptoms symptoms) {
        return failure.kind() == ExecFailure.Kind.ENV_NOT_FOUND
                ? first(symptoms).flatMap(Location::inImage).orElse("the script")
                : failure.name();
    }
}
