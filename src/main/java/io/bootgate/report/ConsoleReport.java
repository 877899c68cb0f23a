package io.bootgate.report;

import io.bootgate.gate.GateResult;
import io.bootgate.judge.Verdict.NotReady;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.lint.LintFinding;
import io.bootgate.timeline.BootEvent.Logged;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person reads at the end of the build: two lines if the service is ready, else the cause, why we say so, where it is
 * and what to change.
 *
 * @param folder where log and reports are, as the reader should see it: {@code target/bootgate}
 */
public record ConsoleReport(Paint paint, String folder) {
    private static final int MOST_EVIDENCE = 4;
    private static final int MOST_FINDINGS = 5;
    private static final int LAST_LINES_OF_THE_LOG = 6;

    /** The shortest form: {@code orders is NOT_READY: MISSING_MODULE}. */
    public String headline(GateResult result) {
        if (result.isReady()) {
            return result.name() + " is " + paint.good("READY");
        }
        String cause =
                result.causes().isEmpty() ? "" : ": " + result.causes().get(0).id();
        return result.name() + " is " + paint.bad("NOT_READY") + cause;
    }

    public List<String> lines(GateResult result) {
        Block block = new Block(paint);
        if (result.isReady()) {
            block.head(paint.good("READY") + "  " + Block.plain(BootStory.howFast(result)));
            block.tell("boot", BootStory.of(result));
            warnings(result, block);
            findings(result, block);
        } else {
            notReady(result, block);
        }
        return block.lines();
    }

    private void notReady(GateResult result, Block block) {
        block.head(paint.bad("NOT_READY") + "  " + verdictInWords(result));
        result.causes().stream().findFirst().ifPresent(cause -> rootCause(cause, result, block));
        result.verdict()
                .filter(verdict -> verdict instanceof NotReady notReady && notReady.reason() == Reason.TIMED_OUT)
                .ifPresent(verdict -> block.tell("missing", ((NotReady) verdict).missing()));
        block.tell(
                "also",
                result.causes().stream().skip(1).map(ConsoleReport::inShort).toList());
        warnings(result, block);
        findings(result, block);
        block.tell("boot", BootStory.of(result));
        block.tell("log", folder + "/" + result.log().orElse(result.name() + ".build.log"));
        block.tell("report", folder + "/report.json");
    }

    private String verdictInWords(GateResult result) {
        if (result.causes().isEmpty()) {
            return Block.plain(result.image().reference());
        }
        Finding cause = result.causes().get(0);
        return paint.strong(cause.id()) + ": " + Block.plain(cause.title())
                + (cause.confirmed().orElse(false)
                        ? " (confirmed)"
                        : cause.certainty() == Certainty.LIKELY ? " (likely)" : "");
    }

    private void rootCause(Finding cause, GateResult result, Block block) {
        block.tell("detail", cause.detail());
        block.tell(
                "evidence",
                cause.evidence().stream()
                        .limit(MOST_EVIDENCE)
                        .map(ConsoleReport::inWords)
                        .toList());
        if (cause.evidence().size() > MOST_EVIDENCE) {
            block.tell("", "(and " + (cause.evidence().size() - MOST_EVIDENCE) + " more in the report)");
        }
        cause.location().ifPresent(place -> block.tell("place", inWords(place)));
        if (cause.certainty() == Certainty.LIKELY) {
            block.tell("log ends", lastLines(result.timeline().log()));
        }
        block.tell("fix", cause.fix().lines().toList(), paint::strong);
        block.tell("docs", "docs/causes/" + cause.id() + ".md");
        LintFinding.thatForesaw(cause, result.findings())
                .ifPresent(foreseen -> block.tell(
                        "foreseen",
                        "by lint rule " + foreseen.rule()
                                + foreseen.location()
                                        .map(place -> " at " + FindingsReport.place(place))
                                        .orElse("")));
    }

    /** What was found in the sources and is no cause that is told already. */
    private void findings(GateResult result, Block block) {
        List<LintFinding> open = result.findings().stream()
                .filter(finding -> result.causes().stream().noneMatch(finding::foresaw))
                .toList();
        block.tell(
                "lint",
                Stream.concat(
                                open.stream().limit(MOST_FINDINGS).map(FindingsReport::inShort),
                                open.size() > MOST_FINDINGS
                                        ? Stream.of("(and " + (open.size() - MOST_FINDINGS) + " more in the report)")
                                        : Stream.empty())
                        .toList());
    }

    private void warnings(GateResult result, Block block) {
        block.tell("warning", result.warnings(), paint::odd);
    }

    private static String inWords(Evidence evidence) {
        String where = evidence.line() > 0 ? evidence.source() + " line " + evidence.line() : evidence.source();
        return where + ": " + evidence.text().strip().replaceAll("\\R\\s*", " / ");
    }

    private static List<String> inWords(Location place) {
        String file = place.path().or(place::inImage).orElse("");
        String line = place.line().isPresent() ? ":" + place.line().getAsInt() : "";
        String where = file + line + (place.path().isEmpty() ? " (in the image)" : "");
        return Stream.concat(Stream.of(where), place.text().map(String::strip).stream())
                .toList();
    }

    private static String inShort(Finding consequence) {
        String detail = consequence
                .detail()
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(consequence.title());
        String place = consequence
                .location()
                .filter(at -> at.path().isPresent())
                .map(at -> " (" + inWords(at).get(0) + ")")
                .orElse("");
        return consequence.id() + ": " + detail + place;
    }

    /** The reader must be able to check a cause that is the best guess. */
    private static List<String> lastLines(List<Logged> log) {
        return log.subList(Math.max(0, log.size() - LAST_LINES_OF_THE_LOG), log.size()).stream()
                .map(Logged::text)
                .toList();
    }
}
