package io.bootgate.autopsy;

import io.bootgate.autopsy.Sight.Exit;
import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.ImportFailed;
import io.bootgate.autopsy.Sight.Owner;
import io.bootgate.autopsy.Sight.Raised;
import io.bootgate.autopsy.Sight.Remedied;
import io.bootgate.autopsy.Sight.Thrown;
import io.bootgate.autopsy.Sight.VariableInvalid;
import io.bootgate.autopsy.Sight.VariableMissing;
import io.bootgate.autopsy.Sight.VariableRead;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.cause.Distributions;
import io.bootgate.rule.cause.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns what the probe saw into causes, in the order in which the boot met them: each missing thing, each exit, once. */
final class AutopsyFindings {
    /** What a finding says it rests on. */
    static final String SOURCE = "autopsy";

    private static final int MOST_FRAMES = 6;
    private static final List<String> PLACEHOLDERS =
            List.of("bootgate-placeholder", "Ym9vdGdhdGUtcGxhY2Vob2xkZXI", "placeholder@example.com");

    private record Timed(Duration at, Finding finding) {}

    private final Testimony testimony;
    private final Map<String, Timed> found = new LinkedHashMap<>();

    private AutopsyFindings(Testimony testimony) {
        this.testimony = testimony;
    }

    static List<Finding> of(Testimony testimony) {
        AutopsyFindings findings = new AutopsyFindings(testimony);
        testimony.all(Exit.class).forEach(findings::exit);
        testimony.all(VariableMissing.class).forEach(findings::missing);
        testimony.all(Remedied.class).forEach(findings::remedied);
        testimony.all(VariableInvalid.class).forEach(findings::invalid);
        testimony.all(ImportFailed.class).forEach(findings::notImported);
        findings.lastFault();
        return findings.found.values().stream()
                .sorted(Comparator.comparing(Timed::at))
                .map(Timed::finding)
                .toList();
    }

    private void add(String key, Duration at, Finding finding) {
        found.putIfAbsent(key, new Timed(at, finding));
    }

    // ---- exits

    private void exit(Exit exit) {
        Optional<Frame> origin = exit.stack().stream()
                .filter(frame -> frame.owner() != Owner.STANDARD)
                .findFirst();
        boolean ends = exit.value().filter(value -> !value.equals("0")).isPresent();
        boolean inServer = exit.stack().stream().anyMatch(frame -> frame.owner() == Owner.SERVER);
        if (origin.isEmpty() || (!ends && !inServer && !testimony.ended())) {
            return; // a script that is done
        }
        Frame at = origin.get();
        Frame place =
                exit.stack().stream().filter(Frame::isOfTheApp).findFirst().orElse(at);
        String call = "SystemExit".equals(exit.how())
                ? "raises SystemExit"
                        + exit.value().map(value -> "(" + value + ")").orElse("")
                : "os.kill".equals(exit.how())
                        ? "sends itself signal " + exit.value().orElse("?")
                        : "calls %s(%s)".formatted(exit.how(), exit.value().orElse(""));
        String variables = becauseOf(exit);
        StringBuilder detail =
                new StringBuilder("%s:%d %s while the application is loaded".formatted(at.file(), at.line(), call));
        exit.thread().ifPresent(name -> detail.append(", in the thread ").append(name));
        if (!place.equals(at)) {
            detail.append(", called from %s:%d".formatted(place.file(), place.line()));
        }
        exit.handling()
                .filter(thrown -> !thrown.type().equals("SystemExit"))
                .ifPresent(thrown -> detail.append(", on account of ").append(inWords(thrown)));
        if (!variables.isEmpty()) {
            detail.append(", because ").append(variables).append(" is not set");
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(evidence(exit.at(), "%s:%d in %s %s".formatted(at.file(), at.line(), at.function(), call)));
        if (exit.stack().size() > 1) {
            evidence.add(evidence(exit.at(), "called by " + path(exit.stack())));
        }
        add(
                "exit " + at.file() + ":" + at.line(),
                exit.at(),
                finding(
                        CauseId.SYSTEM_EXIT,
                        detail.append('.').toString(),
                        evidence,
                        place,
                        variables.isEmpty()
                                ? "Raise an exception that says what is missing at %s:%d instead, or give the application what it asks for there."
                                        .formatted(at.file(), at.line())
                                : Variable.toSet(variables.split(", ", -1)[0]),
                        true));
    }

    /** The variables with which the next attempt got past an exit. */
    private String becauseOf(Exit exit) {
        return testimony
                .all(Remedied.class)
                .filter(remedy -> remedy.attempt() == exit.attempt() && !exit.passedOver())
                .flatMap(remedy -> remedy.variables().stream())
                .filter(name -> !withdrawn(name))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    // ---- variables

    private void missing(VariableMissing missing) {
        Frame place = missing.place();
        String how = missing.escape()
                .map(escape -> ", and %s:%d ends the boot without it (%s)"
                        .formatted(escape.place().file(), escape.place().line(), escape.how()))
                .orElse("");
        variable(missing.name(), missing.at(), place, how);
        missing.escape()
                .filter(Sight.Escape::isExit)
                .ifPresent(escape -> wouldExit(
                        escape,
                        missing.at(),
                        missing.name() + " is not set",
                        "%s:%d needs %s".formatted(place.file(), place.line(), missing.name()),
                        Variable.toSet(missing.name())));
    }

    /** An exit that did not happen only because what it is there for was mended. */
    private void wouldExit(Sight.Escape escape, Duration at, String because, String evidence, String fix) {
        Frame exit = escape.place();
        add(
                "exit " + exit.file() + ":" + exit.line(),
                at.minusNanos(1),
                finding(
                        CauseId.SYSTEM_EXIT,
                        "%s:%d ends the process (%s) while the application is loaded, because %s."
                                .formatted(exit.file(), exit.line(), escape.how(), because),
                        List.of(evidence(at, evidence)),
                        exit,
                        fix,
                        true));
    }

    private void remedied(Remedied remedy) {
        for (String name : remedy.variables()) {
            testimony
                    .all(VariableRead.class)
                    .filter(read -> read.name().equals(name) && !read.set())
                    .findFirst()
                    .filter(read -> !withdrawn(name))
                    .ifPresent(read -> variable(name, read.at(), read.place(), ", and the boot fails without it"));
        }
    }

    private boolean withdrawn(String name) {
        return testimony.all(Remedied.class).anyMatch(later -> later.withdrawn().contains(name));
    }

    private void variable(String name, Duration at, Frame place, String how) {
        add(
                "variable " + name.toUpperCase(java.util.Locale.ROOT),
                at,
                finding(
                        CauseId.MISSING_ENV,
                        "The environment variable %s is not set: %s:%d reads it%s."
                                .formatted(name, place.file(), place.line(), how),
                        List.of(evidence(
                                at,
                                "%s:%d in %s reads %s".formatted(place.file(), place.line(), place.function(), name))),
                        place,
                        Variable.toSet(name),
                        true));
    }

    private void invalid(VariableInvalid invalid) {
        Frame place = invalid.place();
        add(
                "invalid " + invalid.name(),
                invalid.at(),
                finding(
                        CauseId.INVALID_ENV,
                        "The value of %s is not accepted as %s: %s."
                                .formatted(invalid.name(), invalid.type(), invalid.message()),
                        List.of(evidence(
                                invalid.at(), "%s:%d reads %s".formatted(place.file(), place.line(), invalid.name()))),
                        place,
                        "Give %s a value that is a valid %s.".formatted(invalid.name(), invalid.type()),
                        true));
    }

    // ---- modules

    private void notImported(ImportFailed failed) {
        if (failed.optional()
                || failed.byServer()
                || failed.place().owner() == Owner.STANDARD
                || isPartOfOne(failed.module())) {
            return;
        }
        String whole = Distributions.named(failed.module(), failed.source()).orElse(failed.module());
        Frame place = Stream.concat(Stream.of(failed.place()), failed.stack().stream())
                .filter(Frame::isOfTheApp)
                .findFirst()
                .orElse(failed.place());
        String by = place.equals(failed.place())
                        || place.file().equals(failed.place().file())
                ? ""
                : " %s:%d imports it."
                        .formatted(failed.place().file(), failed.place().line());
        String distribution = Distributions.forImport(whole);
        String fix = failed.module().contains(".") && !Distributions.isKnown(failed.module())
                ? "COPY %s.py into the image (and see that .dockerignore does not exclude it), or, if pip installed its package, pin a version that has it."
                        .formatted(failed.module().replace('.', '/'))
                : Distributions.isKnown(failed.module())
                        ? "Add %s to requirements.txt.".formatted(distribution)
                        : "Add %s to requirements.txt, or, if %s is a module of the application itself, COPY it into the image."
                                .formatted(distribution, failed.module());
        failed.escape()
                .filter(Sight.Escape::isExit)
                .ifPresent(escape -> wouldExit(
                        escape,
                        failed.at(),
                        "the module " + failed.module() + " is missing",
                        "%s:%d %s"
                                .formatted(failed.place().file(), failed.place().line(), failed.source()),
                        fix));
        add(
                "module " + failed.module(),
                failed.at(),
                finding(
                        CauseId.MISSING_MODULE,
                        "No module named '%s'.%s".formatted(failed.module(), by),
                        List.of(evidence(
                                failed.at(),
                                "%s:%d %s"
                                        .formatted(
                                                failed.place().file(),
                                                failed.place().line(),
                                                failed.source()))),
                        place,
                        fix,
                        true));
    }

    /** Whether it belongs to another that is missing. */
    private boolean isPartOfOne(String module) {
        return found.keySet().stream()
                .filter(key -> key.startsWith("module "))
                .anyMatch(key -> module.startsWith(key.substring("module ".length()) + "."));
    }

    // ---- what was still wrong in the end

    private void lastFault() {
        if (testimony.booted()) {
            return;
        }
        int last = testimony.attempts();
        boolean beyond = testimony.all(Exit.class).anyMatch(Exit::passedOver);
        testimony
                .all(Raised.class)
                .filter(raised -> raised.attempt() == last
                        && !raised.handled()
                        && !raised.where().equals("log"))
                .filter(raised -> !raised.chain().isEmpty() && !isOurs(raised))
                .findFirst()
                .filter(raised -> !beyond)
                .ifPresent(this::raised);
    }

    /** Whether a placeholder or a stand-in may be the reason. */
    private boolean isOurs(Raised raised) {
        boolean named =
                raised.chain().stream().anyMatch(thrown -> PLACEHOLDERS.stream().anyMatch(thrown.message()::contains));
        boolean stoodIn = testimony.all(ImportFailed.class).anyMatch(failed -> !failed.optional())
                || testimony.all(VariableMissing.class).findAny().isPresent()
                || testimony.all(Remedied.class).findAny().isPresent();
        String type = raised.chain().get(raised.chain().size() - 1).type();
        return named
                || (stoodIn
                        && List.of("TypeError", "AttributeError", "ValueError").contains(type));
    }

    private void raised(Raised raised) {
        Thrown root = raised.chain().get(raised.chain().size() - 1);
        Frame place = raised.chain().stream()
                .flatMap(thrown -> thrown.stack().stream())
                .filter(Frame::isOfTheApp)
                .findFirst()
                .orElseGet(() -> root.stack().isEmpty()
                        ? new Frame("", 0, "", Owner.APP)
                        : root.stack().get(0));
        CauseId id = Faults.of(root);
        if (id == CauseId.MISSING_ENV
                || id == CauseId.MISSING_MODULE
                || place.file().isEmpty()) {
            return; // named already, or told by the log of the first boot
        }
        Finding base = finding(
                id,
                inWords(root) + ".",
                List.of(evidence(raised.at(), "%s:%d in %s".formatted(place.file(), place.line(), place.function()))),
                place,
                "Mend what %s:%d meets: %s.".formatted(place.file(), place.line(), inWords(root)),
                true);
        add("raised " + place.file() + ":" + place.line(), raised.at(), base);
    }

    static String inWords(Thrown thrown) {
        return thrown.message().isEmpty() ? thrown.type() : thrown.type() + ": " + thrown.message();
    }

    static String path(List<Frame> stack) {
        return stack.stream()
                .skip(1)
                .filter(frame -> frame.owner() != Owner.STANDARD)
                .limit(MOST_FRAMES)
                .map(frame -> "%s:%d in %s".formatted(frame.file(), frame.line(), frame.function()))
                .collect(Collectors.joining(", "));
    }

    static Evidence evidence(Duration at, String text) {
        return new Evidence(SOURCE, 0, at, text);
    }

    static Location location(Frame place) {
        return Location.inImage(place.file(), place.line());
    }

    private static Finding finding(
            CauseId id, String detail, List<Evidence> evidence, Frame place, String fix, boolean confirmed) {
        return new Finding(
                id.name(),
                id.title(),
                Severity.ERROR,
                detail,
                evidence,
                Optional.of(location(place)),
                fix,
                Certainty.CERTAIN,
                Optional.of(confirmed));
    }
}
