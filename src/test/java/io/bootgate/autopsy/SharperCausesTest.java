package io.bootgate.autopsy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.Owner;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharperCausesTest {
    private static final Frame APP = new Frame("/app/app.py", 5, "<module>", Owner.APP);
    private static final Frame GUNICORN =
            new Frame("/usr/lib/python3/dist-packages/gunicorn/util.py", 370, "import_app", Owner.SERVER);

    @Test
    void anExitWithoutAPlaceGetsItsOrigin() {
        Finding known = cause(CauseId.SYSTEM_EXIT, "Workers end again and again.", Optional.empty());
        List<Finding> sharper = SharperCauses.of(testimony(exit("1", false)), List.of(known));
        assertThat(sharper).singleElement().satisfies(cause -> {
            assertThat(cause.location()).contains(Location.inImage("/app/app.py", 5));
            assertThat(cause.detail()).contains("sys.exit(1)");
            assertThat(cause.evidence()).hasSize(3); // the log's line, the exit, who called it
            assertThat(cause.confirmed()).contains(true);
            assertThat(cause.certainty()).isEqualTo(Certainty.CERTAIN);
        });
    }

    @Test
    void whatTheAutopsyFoundComesBeforeALastResort() {
        Finding loop = cause(CauseId.CRASH_LOOP, "Workers die again and again.", Optional.empty());
        assertThat(SharperCauses.of(testimony(exit("0", false)), List.of(loop)))
                .extracting(Finding::id)
                .containsExactly("SYSTEM_EXIT", "CRASH_LOOP");
    }

    @Test
    void aScriptThatIsDoneIsNoFault() {
        Sight done = new Sight.Exit(
                Duration.ZERO,
                1,
                "sys.exit",
                Optional.of("0"),
                List.of(APP),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(SharperCauses.of(testimony(done), List.of())).isEmpty();
    }

    @Test
    void aVariableThatTheFirstBootNamedIsNamedOnceAndItsSistersAfterIt() {
        Finding known = cause(
                CauseId.MISSING_ENV,
                "The environment variable FIRST is not set.",
                Optional.of(Location.inImage("/app/app.py", 2)));
        List<Finding> sharper = SharperCauses.of(testimony(missing("FIRST", 2), missing("SECOND", 3)), List.of(known));
        assertThat(sharper).hasSize(2);
        assertThat(sharper.get(0).detail()).isEqualTo("The environment variable FIRST is not set.");
        assertThat(sharper.get(0).confirmed()).contains(true);
        assertThat(sharper.get(1).detail()).contains("SECOND");
        assertThat(sharper.get(1).location()).contains(Location.inImage("/app/app.py", 3));
    }

    @Test
    void whetherItBootedOnceAllWasMendedIsSaid() {
        Sight[] sights = {missing("FIRST", 2), imported("stripe", false, false)};
        assertThat(SharperCauses.of(testimony(sights), List.of()).get(0).evidence())
                .last()
                .satisfies(evidence -> assertThat(evidence.text())
                        .isEqualTo("With a placeholder for FIRST, a stand-in for stripe it did not boot either."));
        Testimony booted = new Testimony(List.of(sights), true, false, Duration.ofSeconds(9), Optional.empty());
        assertThat(SharperCauses.of(booted, List.of()).get(0).evidence())
                .last()
                .satisfies(evidence -> assertThat(evidence.text()).endsWith("it booted."));
    }

    @Test
    void aNameThatOnlyBeginsLikeAnotherIsAnother() {
        Finding known = cause(CauseId.MISSING_ENV, "The environment variable KEY is not set.", Optional.empty());
        assertThat(SharperCauses.of(testimony(missing("KEY_ID", 3)), List.of(known)))
                .hasSize(2);
    }

    @Test
    void theVariableThatAnExceptionCameFromIsTheRoot() {
        Finding known = cause(
                CauseId.APP_ERROR, "int() argument must be a string", Optional.of(Location.inImage("/app/app.py", 5)));
        Testimony testimony = testimony(
                new Sight.VariableRead(
                        Duration.ZERO,
                        "POOL",
                        false,
                        false,
                        false,
                        new Frame("/app/config.py", 2, "", Owner.APP),
                        false),
                new Sight.Remedied(Duration.ofSeconds(1), 1, List.of("POOL"), List.of(), APP));
        assertThat(SharperCauses.of(testimony, List.of(known)))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV", "APP_ERROR");
    }

    @Test
    void aVariableThatChangedNothingIsNoCause() {
        Testimony testimony = testimony(
                new Sight.VariableRead(Duration.ZERO, "POOL", false, false, false, APP, false),
                new Sight.Remedied(Duration.ofSeconds(1), 1, List.of("POOL"), List.of(), APP),
                new Sight.Remedied(Duration.ofSeconds(2), 2, List.of(), List.of("POOL"), APP));
        assertThat(SharperCauses.of(testimony, List.of())).isEmpty();
    }

    @Test
    void anOptionalImportIsNoCauseAndOneByTheServerIsTheFirstBootsToTell() {
        assertThat(SharperCauses.of(
                        testimony(imported("ujson", true, false), imported("nosuch", false, true)), List.of()))
                .isEmpty();
        assertThat(SharperCauses.of(testimony(imported("yaml", false, false)), List.of()))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.id()).isEqualTo("MISSING_MODULE");
                    assertThat(cause.fix()).contains("PyYAML");
                });
    }

    @Test
    void aHangIsToldWithWhatItWaitsFor() {
        Finding known = cause(CauseId.BOOT_HANG, "It hangs.", Optional.empty());
        Sight stuck = new Sight.Stuck(
                Duration.ofSeconds(8),
                7,
                1,
                Duration.ofSeconds(7),
                APP,
                "connect() to db:5432",
                List.of(new Sight.Stopped("MainThread", true, List.of(APP, GUNICORN), "connect() to db:5432")));
        assertThat(SharperCauses.of(testimony(stuck), List.of(known)))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.location()).contains(Location.inImage("/app/app.py", 5));
                    assertThat(cause.detail()).contains("/app/app.py:5 in connect() to db:5432");
                });
    }

    @Test
    void aPauseThatTheBootGotOverIsNoHang() {
        Sight paused = new Sight.Stuck(Duration.ofSeconds(3), 7, 1, Duration.ofSeconds(3), APP, "", List.of());
        assertThat(SharperCauses.of(testimony(paused, missing("LATER", 9)), List.of()))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV");
    }

    @Test
    void whatAPlaceholderMayHaveCausedIsNotAFault() {
        Sight raised = new Sight.Raised(
                Duration.ofSeconds(2),
                1,
                "import",
                false,
                List.of(new Sight.Thrown("ValueError", "bad token: bootgate-placeholder", List.of(APP))));
        assertThat(SharperCauses.of(testimony(missing("TOKEN", 3), raised), List.of()))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV");
    }

    @Test
    void aFaultOfAnotherKindBehindTheFirstIsNamedToo() {
        Sight raised = new Sight.Raised(
                Duration.ofSeconds(5),
                1,
                "import",
                false,
                List.of(new Sight.Thrown("FileNotFoundError", "[Errno 2] No such file: 'x.yml'", List.of(APP))));
        assertThat(SharperCauses.of(testimony(missing("TOKEN", 3), raised), List.of()))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV", "MISSING_FILE");
    }

    private static Testimony testimony(Sight... sights) {
        return new Testimony(List.of(sights), false, false, Duration.ofSeconds(9), Optional.empty());
    }

    private static Sight exit(String value, boolean passed) {
        return new Sight.Exit(
                Duration.ofSeconds(1),
                1,
                "sys.exit",
                Optional.of(value),
                List.of(APP, GUNICORN),
                Optional.empty(),
                Optional.empty(),
                passed);
    }

    private static Sight missing(String name, int line) {
        Frame place = new Frame("/app/app.py", line, "<module>", Owner.APP);
        return new Sight.VariableMissing(
                Duration.ofSeconds(line),
                name,
                "text",
                place,
                Optional.empty(),
                Optional.empty(),
                List.of(place, GUNICORN));
    }

    private static Sight imported(String name, boolean optional, boolean byServer) {
        return new Sight.ImportFailed(
                Duration.ofSeconds(1),
                name,
                optional,
                byServer,
                APP,
                "import " + name,
                Optional.empty(),
                List.of(APP, GUNICORN));
    }

    private static Finding cause(CauseId id, String detail, Optional<Location> place) {
        return new Finding(
                id.name(),
                id.title(),
                Severity.ERROR,
                detail,
                List.of(new Evidence("stderr", 3, Duration.ZERO, "the log's line")),
                place,
                "Mend it.",
                Certainty.LIKELY);
    }
}
