package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.GateResult;
import io.bootgate.judge.Verdict;
import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintFinding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
    private static final ConsoleReport REPORT = new ConsoleReport(Paint.NONE, "target/bootgate");

    private static String console(GateResult result) {
        return String.join("\n", REPORT.lines(result));
    }

    private static Finding guess(String detail, String fix, Evidence... evidence) {
        return new Finding(
                "UNKNOWN",
                "The service did not come up, and the reason could not be told",
                Severity.ERROR,
                detail,
                List.of(evidence),
                Optional.empty(),
                fix,
                Certainty.LIKELY);
    }

    @Test
    void aHealthyServiceTakesTwoLines() {
        assertThat(console(Results.ready())).isEqualTo("""
                READY  acme/orders:1 in 2.6 s
                  boot      Docker Engine 20.10.24, gunicorn 23.0.0, bound to http://0.0.0.0:8000 after 0.3 s, \
                answered 404 in 7 ms, 2 workers, peak memory 41 MiB of 512 MiB, 0.7 s of CPU (limit 1 CPU, throttled for 0.2 s)""");
    }

    @Test
    void warningsFollowTheVerdict() {
        assertThat(console(Results.ready("A worker died once and was replaced.")))
                .endsWith("\n  warning   A worker died once and was replaced.");
    }

    @Test
    void aBrokenServiceIsToldWithCauseEvidencePlaceAndFix() {
        assertThat(console(Results.notReady(Results.MISSING_MODULE, Results.EXITED)))
                .isEqualTo("""
                NOT_READY  MISSING_MODULE: A module is missing from the image
                  detail    No module named 'requests'
                  evidence  stderr line 23: ModuleNotFoundError: No module named 'requests'
                  place     src/app.py:2
                            import requests
                  fix       Add requests to requirements.txt
                  docs      docs/causes/MISSING_MODULE.md
                  also      EXITED: The container ended with exit code 3
                  boot      acme/orders:1, Docker Engine 20.10.24, gunicorn 20.1.0, bound to http://0.0.0.0:8000 after 0.3 s, \
                no HTTP answer, 1 worker (1 lost), peak memory 39 MiB of 1536 MiB, exit code 3, decided after 0.4 s
                  log       target/bootgate/orders.log
                  report    target/bootgate/report.json""");
    }

    @Test
    void aFailedBuildPointsToTheDockerfileAndTheBuildLog() {
        assertThat(console(Results.notBuilt())).isEqualTo("""
                NOT_READY  BUILD_FAILED: The image could not be built
                  detail    RUN pip install -r requirements.txt ended with 1
                  evidence  build: ERROR: No matching distribution found for flsk
                            build: ended with exit code 1
                  place     Dockerfile:4
                            RUN pip install -r requirements.txt
                  fix       Correct the requirement: flsk
                  docs      docs/causes/BUILD_FAILED.md
                  boot      acme/orders:1, Docker Engine 20.10.24, not booted
                  log       target/bootgate/orders.build.log
                  report    target/bootgate/report.json""");
    }

    @Test
    void aGuessShowsTheEndOfTheLogAndWhatWasMissingAtTheDeadline() {
        List<String> log =
                IntStream.rangeClosed(1, 9).mapToObj(i -> "line " + i).toList();
        Verdict.NotReady timedOut = new Verdict.NotReady(
                Duration.ofSeconds(60), Reason.TIMED_OUT, List.of("an HTTP answer", "a second worker"));

        assertThat(console(Results.notReady(timedOut, log, guess("Nothing happened", "Read the log"))))
                .startsWith("""
                NOT_READY  UNKNOWN: The service did not come up, and the reason could not be told (likely)
                  detail    Nothing happened
                  log ends  line 4
                            line 5
                            line 6
                            line 7
                            line 8
                            line 9
                  fix       Read the log
                  docs      docs/causes/UNKNOWN.md
                  missing   an HTTP answer
                            a second worker
                  boot      acme""");
    }

    @Test
    void aPlaceThatIsOnlyInTheImageIsToldAsSuch() {
        Finding cause = Results.MISSING_MODULE.at(Location.inImage("/usr/lib/app.py", 7));

        assertThat(console(Results.notReady(cause))).contains("  place     /usr/lib/app.py:7 (in the image)\n");
    }

    @Test
    void whatTheContainerWroteIsDataForTerminalAndCiServer() {
        Finding cause = guess(
                "\u001B[31mred\u001B[0m\u001B]0;title\u0007 ::set-output name=x::1",
                "##vso[task.setvariable]x",
                new Evidence("stderr", 1, Duration.ZERO, "##teamcity[buildStatus]\r\n::error::boo\u202E"));

        assertThat(console(Results.notReady(cause)))
                .contains("  detail    red : :set-output name=x::1\n")
                .contains("  evidence  stderr line 1: # #teamcity[buildStatus] / : :error::boo\n")
                .contains("  fix       # #vso[task.setvariable]x\n");
    }

    @Test
    void longTextsAreCut() {
        Evidence[] evidence = IntStream.range(0, 7)
                .mapToObj(i -> new Evidence("stdout", i + 1, Duration.ZERO, "x".repeat(1000)))
                .toArray(Evidence[]::new);

        List<String> lines = REPORT.lines(Results.notReady(guess("line\n".repeat(100), "fix", evidence)));

        assertThat(lines).hasSizeLessThan(30).allMatch(line -> line.length() < 320);
        assertThat(lines).contains("            (and 3 more in the report)", "            (and 88 more lines)");
    }

    @Test
    void coloursChangeNothingButTheColour() {
        GateResult result = Results.notReady(Results.MISSING_MODULE, Results.EXITED);

        String coloured = String.join("\n", new ConsoleReport(new Paint(true), "target/bootgate").lines(result));

        assertThat(coloured).contains("\u001B[1;31mNOT_READY\u001B[m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(console(result));
    }

    @Test
    void theHeadlineNamesServiceVerdictAndCause() {
        assertThat(REPORT.headline(Results.notReady(Results.MISSING_MODULE)))
                .isEqualTo("orders is NOT_READY: MISSING_MODULE");
        assertThat(REPORT.headline(Results.ready())).isEqualTo("orders is READY");
    }

    @Test
    void aFindingThatForesawTheCauseIsToldOnceAndOthersBeside() {
        LintFinding foresaw = lint("DEPENDENCY_MISSING", "requests is not required.", CauseId.MISSING_MODULE, 1);
        LintFinding other = lint("SECRET_IN_IMAGE", "API_TOKEN is baked in.", CauseId.UNKNOWN, 5);

        String told = console(Results.notReady(Results.MISSING_MODULE).withFindings(List.of(foresaw, other)));

        assertThat(told)
                .contains("\n  foreseen  by lint rule DEPENDENCY_MISSING at Dockerfile:1\n")
                .contains("\n  lint      SECRET_IN_IMAGE Dockerfile:5  API_TOKEN is baked in.\n")
                .doesNotContain("requests is not required.");
    }

    private static LintFinding lint(String rule, String detail, CauseId predicted, int line) {
        return new LintFinding(
                rule,
                "A fault",
                Severity.WARNING,
                detail,
                Optional.of(Location.of("Dockerfile", line)),
                "Mend it.",
                Set.of(predicted),
                Optional.empty());
    }
}
