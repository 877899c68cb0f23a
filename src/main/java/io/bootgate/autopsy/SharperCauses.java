package io.bootgate.autopsy;

import io.bootgate.autopsy.Sight.Crashed;
import io.bootgate.autopsy.Sight.Denied;
import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.LastLine;
import io.bootgate.autopsy.Sight.Remedied;
import io.bootgate.autopsy.Sight.SlowImport;
import io.bootgate.autopsy.Sight.Stopped;
import io.bootgate.autopsy.Sight.Stuck;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The causes of the first boot, made sharper by what the autopsy saw, and all that it found besides: each fault once. */
public final class SharperCauses {
    private static final int MOST_SLOW = 10;
    private static final int MOST_DENIALS = 4;
    private static final Duration LONG = Duration.ofSeconds(2);

    /** Said where nothing better was known; what the autopsy found comes before it. */
    private static final Set<String> LAST_RESORTS =
            Set.of(CauseId.CRASH_LOOP.name(), CauseId.EXITED.name(), CauseId.UNKNOWN.name());

    private static final Set<String> KNOWN_TO_WAIT =
            Set.of(CauseId.BOOT_HANG.name(), CauseId.WORKER_TIMEOUT.name(), CauseId.HTTP_NO_ANSWER.name());

    private static final Set<String> WAITS = Set.of(
            CauseId.BOOT_HANG.name(),
            CauseId.WORKER_TIMEOUT.name(),
            CauseId.HTTP_NO_ANSWER.name(),
            CauseId.SERVER_NOT_STARTED.name(),
            CauseId.CRASH_LOOP.name(),
            CauseId.UNKNOWN.name());

    private final Testimony testimony;
    private final List<Finding> causes;

    private SharperCauses(Testimony testimony, List<Finding> first) {
        this.testimony = testimony;
        this.causes = new ArrayList<>(first);
    }

    /** Root cause first, its sisters after. */
    public static List<Finding> of(Testimony testimony, List<Finding> first) {
        SharperCauses sharper = new SharperCauses(testimony, first);
        List<Finding> found = AutopsyFindings.of(testimony);
        List<Finding> more = new ArrayList<>();
        found.forEach(finding -> {
            if (!sharper.merged(finding)) {
                more.add(finding);
            }
        });
        sharper.stuck();
        sharper.outOfMemory();
        sharper.crashed(more);
        sharper.denied();
        sharper.add(more);
        sharper.outcome();
        return List.copyOf(sharper.causes);
    }

    private void add(List<Finding> more) {
        boolean open = !causes.isEmpty() && LAST_RESORTS.contains(causes.get(0).id());
        if (open) {
            causes.addAll(0, more);
            return;
        }
        List<Finding> behind = new ArrayList<>(more);
        for (Finding found : more) {
            if (found.id().equals(CauseId.MISSING_ENV.name()) && explainsRoot(variable(found))) {
                causes.add(0, found);
                behind.remove(found);
                break;
            }
        }
        causes.addAll(behind);
    }

    /** Whether the exception that the first boot showed went away when this variable got a value. */
    private boolean explainsRoot(String name) {
        return !causes.isEmpty()
                && causes.get(0).id().equals(CauseId.APP_ERROR.name())
                && testimony
                        .all(Remedied.class)
                        .filter(remedy -> remedy.variables().contains(name))
                        .anyMatch(remedy -> causes.get(0)
                                .location()
                                .filter(place -> isAt(place, remedy.fault()))
                                .isPresent());
    }

    private static boolean isAt(Location place, Frame frame) {
        return place.inImage().filter(frame.file()::equals).isPresent()
                && place.line().orElse(0) == frame.line();
    }

    /** Whether a cause of the first boot is the same fault; it keeps its own evidence and gets what is new. */
    private boolean merged(Finding found) {
        for (int i = 0; i < causes.size(); i++) {
            Finding known = causes.get(i);
            if (isSame(known, found)) {
                boolean sharper = found.id().equals(CauseId.SYSTEM_EXIT.name());
                List<Evidence> evidence = new ArrayList<>(known.evidence());
                evidence.addAll(found.evidence());
                causes.set(
                        i,
                        new Finding(
                                known.id(),
                                known.title(),
                                known.severity(),
                                sharper ? found.detail() : known.detail(),
                                evidence,
                                known.location().filter(place -> !sharper).or(found::location),
                                sharper ? found.fix() : known.fix(),
                                Certainty.CERTAIN,
                                found.confirmed()));
                return true;
            }
        }
        return false;
    }

    private boolean isSame(Finding known, Finding found) {
        if (known.confirmed().isPresent() && known.id().equals(CauseId.SYSTEM_EXIT.name())) {
            return samePlace(known, found);
        }
        if (!known.id().equals(found.id())) {
            return samePlace(known, found) && !LAST_RESORTS.contains(known.id()) && isException(found);
        }
        return switch (CauseId.valueOf(found.id())) {
            case SYSTEM_EXIT -> known.location().isEmpty() || samePlace(known, found);
            case MISSING_ENV, INVALID_ENV -> names(known, variable(found));
            case MISSING_MODULE -> names(known, module(found));
            default -> samePlace(known, found) || known.location().isEmpty();
        };
    }

    private static boolean isException(Finding found) {
        return !Set.of(
                        CauseId.SYSTEM_EXIT.name(),
                        CauseId.MISSING_ENV.name(),
                        CauseId.MISSING_MODULE.name(),
                        CauseId.INVALID_ENV.name())
                .contains(found.id());
    }

    private static boolean samePlace(Finding known, Finding found) {
        return known.location().flatMap(Location::inImage).isPresent()
                && known.location()
                        .flatMap(Location::inImage)
                        .equals(found.location().flatMap(Location::inImage))
                && known.location().map(Location::line).equals(found.location().map(Location::line));
    }

    private static boolean names(Finding known, String name) {
        String text = (known.detail() + " " + known.fix()).toLowerCase(Locale.ROOT);
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + "(?![\\w])")
                .matcher(text)
                .find();
    }

    private static String variable(Finding found) {
        return found.detail().replaceFirst("^(?:The environment variable|The value of) (\\S+).*$", "$1");
    }

    private static String module(Finding found) {
        return found.detail().replaceFirst("^No module named '([^']+)'.*$", "$1");
    }

    // ---- where it hangs

    private void stuck() {
        if (testimony.booted()) {
            slow();
            return;
        }
        int last = testimony.attempts();
        boolean isKnownToWait = causes.stream().anyMatch(cause -> KNOWN_TO_WAIT.contains(cause.id()));
        Duration end = testimony.sights().stream()
                .filter(sight -> !(sight instanceof Stuck))
                .map(Sight::at)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Optional<Stuck> longest = testimony
                .all(Stuck.class)
                .filter(stuck -> stuck.attempt() == last && stuck.since().compareTo(LONG) >= 0)
                .filter(stuck -> isKnownToWait
                        || isRepeated(stuck)
                        || (!testimony.ended() && stuck.at().compareTo(end) >= 0))
                .max(Comparator.comparing(isKnownToWait ? Stuck::since : Stuck::at));
        longest.ifPresent(this::hangs);
    }

    /** Whether one worker after the other stays there, until the server kills it. */
    private boolean isRepeated(Stuck stuck) {
        return testimony
                        .all(Stuck.class)
                        .filter(other -> other.place().equals(stuck.place())
                                && other.since().compareTo(LONG) >= 0)
                        .map(Stuck::pid)
                        .distinct()
                        .count()
                > 2;
    }

    private void hangs(Stuck stuck) {
        Optional<Stopped> thread = stuck.threads().stream()
                .filter(stopped -> stopped.stack().stream().anyMatch(frame -> isAt(frame, stuck.place())))
                .findFirst()
                .or(() -> stuck.threads().stream().filter(Stopped::main).findFirst());
        List<Evidence> evidence = new ArrayList<>();
        thread.ifPresent(stopped -> evidence.add(AutopsyFindings.evidence(
                stuck.at(),
                "%s stands at %s:%d%s%s"
                        .formatted(
                                stopped.name(),
                                stuck.place().file(),
                                stuck.place().line(),
                                stopped.doing().isEmpty() ? inner(stopped) : " in " + stopped.doing(),
                                stopped.stack().size() > 1
                                        ? ", called by " + AutopsyFindings.path(stopped.stack())
                                        : ""))));
        stuck.threads().stream()
                .filter(other ->
                        !other.stack().isEmpty() && thread.filter(other::equals).isEmpty())
                .filter(other -> other.stack().stream().anyMatch(Frame::isOfTheApp))
                .limit(MOST_DENIALS)
                .forEach(other -> evidence.add(AutopsyFindings.evidence(
                        stuck.at(), "%s stands at %s".formatted(other.name(), AutopsyFindings.path(other.stack())))));
        String doing = thread.map(stopped -> stopped.doing().isEmpty() ? inner(stopped) : " in " + stopped.doing())
                .orElse("");
        String detail = "It stays at %s:%d%s (for %d s when it was looked at)."
                .formatted(
                        stuck.place().file(),
                        stuck.place().line(),
                        doing,
                        stuck.since().toSeconds());
        sharpenOrAdd(WAITS, CauseId.BOOT_HANG, detail, evidence, stuck.place());
    }

    private static String inner(Stopped stopped) {
        return stopped.stack().stream()
                .findFirst()
                .filter(frame -> !frame.isOfTheApp())
                .map(frame -> " in %s()".formatted(frame.function()))
                .orElse("");
    }

    private static boolean isAt(Frame frame, Frame place) {
        return frame.file().equals(place.file()) && frame.line() == place.line();
    }

    /** It came up in the end: what took its time. */
    private void slow() {
        Optional<Finding> waited = causes.stream()
                .filter(cause -> WAITS.contains(cause.id()))
                .filter(cause -> !LAST_RESORTS.contains(cause.id()))
                .findFirst();
        if (waited.isEmpty()) {
            return;
        }
        List<Evidence> slowest = testimony
                .all(SlowImport.class)
                .sorted(Comparator.comparing(SlowImport::took).reversed())
                .limit(MOST_SLOW)
                .map(slow -> AutopsyFindings.evidence(
                        slow.at(),
                        "the import of %s took %d ms"
                                .formatted(slow.module(), slow.took().toMillis())))
                .toList();
        Finding cause = waited.get();
        List<Evidence> evidence = new ArrayList<>(cause.evidence());
        evidence.add(AutopsyFindings.evidence(
                testimony.took(),
                "With more time it came up, after %d ms."
                        .formatted(testimony.took().toMillis())));
        evidence.addAll(slowest);
        causes.set(causes.indexOf(cause), with(cause, cause.detail(), evidence, cause.location()));
    }

    // ---- killed without a word

    private void outOfMemory() {
        Optional<Finding> killed = causes.stream()
                .filter(cause -> cause.id().equals(CauseId.OUT_OF_MEMORY.name()))
                .findFirst();
        Optional<LastLine> line = testimony.all(LastLine.class).max(Comparator.comparingLong(LastLine::pid));
        if (killed.isEmpty() || line.isEmpty() || testimony.booted()) {
            return;
        }
        Frame place = line.get().place();
        List<Evidence> evidence = new ArrayList<>(killed.get().evidence());
        evidence.add(AutopsyFindings.evidence(
                testimony.took(),
                "%s:%d was running when the process was killed".formatted(place.file(), place.line())));
        causes.set(
                causes.indexOf(killed.get()),
                with(
                        killed.get(),
                        killed.get().detail() + " %s:%d was running.".formatted(place.file(), place.line()),
                        evidence,
                        killed.get().location().or(() -> Optional.of(AutopsyFindings.location(place)))));
    }

    private void crashed(List<Finding> more) {
        Optional<Crashed> crash = testimony.all(Crashed.class).findFirst();
        Optional<Frame> place = crash.flatMap(
                seen -> seen.stack().stream().filter(Frame::isOfTheApp).findFirst());
        boolean aborted = more.stream().anyMatch(found -> found.detail().contains("os.abort"))
                || causes.stream().anyMatch(found -> found.detail().contains("os.abort"));
        if (crash.isPresent() && place.isPresent() && !aborted) {
            Crashed seen = crash.get();
            sharpenOrAdd(
                    Set.of(CauseId.NATIVE_CRASH.name(), CauseId.KILLED.name()),
                    CauseId.NATIVE_CRASH,
                    "%s at %s:%d."
                            .formatted(
                                    seen.signal(),
                                    place.get().file(),
                                    place.get().line()),
                    List.of(AutopsyFindings.evidence(
                            seen.at(), seen.signal() + " in " + AutopsyFindings.path(seen.stack()))),
                    place.get());
        }
    }

    /** What it reached for in vain, beside a cause that does not say why. */
    private void denied() {
        List<Evidence> denials = testimony
                .all(Denied.class)
                .filter(denied -> !denied.error().contains("File exists"))
                .limit(MOST_DENIALS)
                .map(denied -> AutopsyFindings.evidence(
                        denied.at(),
                        "%s:%d could not %s %s: %s"
                                .formatted(
                                        denied.place().file(),
                                        denied.place().line(),
                                        denied.what(),
                                        denied.target(),
                                        denied.error())))
                .toList();
        if (!denials.isEmpty() && !causes.isEmpty() && !testimony.booted()) {
            Finding root = causes.get(0);
            List<Evidence> evidence = new ArrayList<>(root.evidence());
            evidence.addAll(denials);
            causes.set(0, with(root, root.detail(), evidence, root.location(), root.confirmed()));
        }
    }

    /** What came of mending: it booted, or it did not even so. */
    private void outcome() {
        Optional<String> mended = Mended.in(testimony);
        if (mended.isPresent() && !causes.isEmpty()) {
            Finding root = causes.get(0);
            List<Evidence> evidence = new ArrayList<>(root.evidence());
            evidence.add(AutopsyFindings.evidence(
                    testimony.took(),
                    "With %s it %s.".formatted(mended.get(), testimony.booted() ? "booted" : "did not boot either")));
            causes.set(0, with(root, root.detail(), evidence, root.location(), root.confirmed()));
        }
    }

    private void sharpenOrAdd(
            Set<String> those, CauseId otherwise, String detail, List<Evidence> evidence, Frame place) {
        for (Finding known : causes) {
            if (those.contains(known.id())) {
                List<Evidence> all = new ArrayList<>(known.evidence());
                all.addAll(evidence);
                causes.set(
                        causes.indexOf(known),
                        with(known, known.detail() + " " + detail, all, Optional.of(AutopsyFindings.location(place))));
                return;
            }
        }
        causes.add(new Finding(
                otherwise.name(),
                otherwise.title(),
                Severity.ERROR,
                detail,
                evidence,
                Optional.of(AutopsyFindings.location(place)),
                "Look at %s:%d.".formatted(place.file(), place.line()),
                Certainty.CERTAIN,
                Optional.of(true)));
    }

    private static Finding with(Finding cause, String detail, List<Evidence> evidence, Optional<Location> location) {
        return with(cause, detail, evidence, location, Optional.of(true));
    }

    private static Finding with(
            Finding cause,
            String detail,
            List<Evidence> evidence,
            Optional<Location> location,
            Optional<Boolean> confirmed) {
        return new Finding(
                cause.id(),
                cause.title(),
                cause.severity(),
                detail,
                evidence,
                location,
                cause.fix(),
                cause.certainty(),
                confirmed);
    }
}
