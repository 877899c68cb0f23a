package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.Verdict;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Symptoms SYMPTOMS = Logs.symptoms("nothing that anybody knows");

    @Test
    void tellsFindingsInTheOrderOfTheRules() {
        assertThat(Diagnosis.of(SYMPTOMS, List.of(finds(CauseId.MISSING_ENV, 3), finds(CauseId.MISSING_FILE, 4))))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV", "MISSING_FILE");
    }

    @Test
    void letsOneLineProveOneCauseOnly() {
        assertThat(Diagnosis.of(SYMPTOMS, List.of(finds(CauseId.MISSING_ENV, 3), finds(CauseId.MISSING_FILE, 3))))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV");
    }

    @Test
    void asksALastResortOnlyWhenNothingWasFound() {
        CauseRule resort = new LastResort(CauseId.EXITED);
        assertThat(Diagnosis.of(SYMPTOMS, List.of(finds(CauseId.MISSING_ENV, 3), resort)))
                .extracting(Finding::id)
                .containsExactly("MISSING_ENV");
        assertThat(Diagnosis.of(SYMPTOMS, List.of(resort)))
                .extracting(Finding::id)
                .containsExactly("EXITED");
    }

    @Test
    void reportsARuleThatThrowsAsItsOwnBugAndGoesOnWithTheRest() {
        List<Finding> findings = Diagnosis.of(SYMPTOMS, List.of(new Broken(), finds(CauseId.MISSING_ENV, 3)));
        assertThat(findings).extracting(Finding::id).first().isEqualTo("MISSING_ENV");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.WARNING);
        assertThat(findings.get(1).detail()).contains("DISK_FULL").contains("oops");
        assertThat(findings.get(1).fix()).contains("bug of Bootgate");
    }

    @Test
    void saysUnknownRatherThanNothing() {
        assertThat(Diagnosis.of(SYMPTOMS)).extracting(Finding::id).isNotEmpty();
    }

    private record Finds(CauseId id, Optional<Finding> finding) implements CauseRule {
        @Override
        public Optional<Finding> diagnose(Symptoms symptoms) {
            return finding;
        }
    }

    private record Broken() implements CauseRule {
        @Override
        public CauseId id() {
            return CauseId.DISK_FULL;
        }

        @Override
        public Optional<Finding> diagnose(Symptoms symptoms) {
            throw new IllegalStateException("oops");
        }
    }

    private record LastResort(CauseId id) implements CauseRule {
        @Override
        public boolean isLastResort() {
            return true;
        }

        @Override
        public Optional<Finding> diagnose(Symptoms symptoms) {
            return finds(id, 9).diagnose(symptoms);
        }
    }

    private static CauseRule finds(CauseId id, long line) {
        CauseRule empty = new Finds(id, Optional.empty());
        Evidence evidence = new Evidence("stderr", line, Duration.ZERO, "a line");
        return new Finds(
                id, Optional.of(empty.certain("It is so.", List.of(evidence), Optional.empty(), "Change it.")));
    }

    /** Traps that {@link BootFailures} must not step into. */
    @Test
    void doesNotBlameAnExceptionThatWasLoggedAndSurvived() {
        String handled = """
                ERROR:root:no cache, going on without
                Traceback (most recent call last):
                  File "/app/app.py", line 4, in <module>
                    redis.Redis(host='cache').ping()
                  File "/usr/lib/python3.11/site-packages/redis/connection.py", line 9, in connect
                    sock.connect(address)
                ConnectionRefusedError: [Errno 111] Connection refused
                """;
        String goesOn = handled + "loading 12 models\nloading 13 models\nwarming up\nready\n";
        assertThat(Logs.symptoms(Logs.timeline(handled), Verdict.Reason.UNREACHABLE)
                        .failures())
                .isEmpty();
        assertThat(Logs.symptoms(Logs.timeline(handled), Verdict.Reason.TIMED_OUT)
                        .failures())
                .isEmpty();
        assertThat(Logs.symptoms(Logs.timeline(goesOn), Verdict.Reason.EXITED).failures())
                .isEmpty();
        assertThat(Logs.symptoms(Logs.timeline(handled), Verdict.Reason.EXITED).failures())
                .hasSize(1);
    }

    @Test
    void doesNotBlameWhatFollowedFromTheFailure() {
        String log = """
                [2026-11-22 17:00:00 +0000] [7] [ERROR] Exception in worker process
                Traceback (most recent call last):
                  File "/usr/lib/python3.11/site-packages/gunicorn/arbiter.py", line 608, in spawn_worker
                    worker.init_process()
                  File "/app/app.py", line 2, in <module>
                    import weasyprint
                ModuleNotFoundError: No module named 'weasyprint'
                Traceback (most recent call last):
                  File "/usr/lib/python3.11/site-packages/gunicorn/arbiter.py", line 209, in run
                    self.sleep()
                gunicorn.errors.HaltServer: <HaltServer 'Worker failed to boot.' 3>
                Exception ignored in: <function Pool.__del__ at 0x7f>
                Traceback (most recent call last):
                  File "/usr/local/bin/gunicorn", line 8, in <module>
                    sys.exit(run())
                RuntimeError: too late
                """;
        assertThat(Logs.symptoms(log).failures())
                .extracting(Traceback::summary)
                .containsExactly("ModuleNotFoundError: No module named 'weasyprint'");
    }

    @Test
    void takesAKeyErrorForAVariableOnlyWhenTheEnvironmentRaisedIt() {
        String own = """
                Traceback (most recent call last):
                  File "/usr/local/bin/gunicorn", line 8, in <module>
                    sys.exit(run())
                  File "/app/app.py", line 2, in <module>
                    url = settings["DATABASE_URL"]
                KeyError: 'DATABASE_URL'
                """;
        String environ = own.replace(
                "KeyError",
                "  File \"/usr/lib/python3.9/os.py\", line 679, in __getitem__\n    raise KeyError(key) from None\nKeyError");
        assertThat(Diagnosis.of(Logs.symptoms(own)))
                .extracting(Finding::id)
                .first()
                .isEqualTo("APP_ERROR");
        assertThat(Diagnosis.of(Logs.symptoms(environ)))
                .extracting(Finding::id)
                .first()
                .isEqualTo("MISSING_ENV");
    }

    @Test
    void namesEveryMissingFieldOfTheSettingsAtOnce() {
        Finding finding = Diagnosis.of(
                        PythonRecording.named("MISSING_ENV-pydantic").symptoms())
                .get(0);
        assertThat(finding.fix())
                .contains("<DATABASE_URL>")
                .contains("<API_TOKEN>")
                .doesNotContain("PORT");
    }

    @Test
    void tellsThePlaceInTheApplicationAndTheDistributionToAdd() {
        Finding finding = Diagnosis.of(PythonRecording.named("MISSING_MODULE-distribution-of-another-name")
                        .symptoms())
                .get(0);
        assertThat(finding.location().flatMap(io.bootgate.rule.Location::inImage))
                .contains("/app/app.py");
        assertThat(finding.location().orElseThrow().line()).hasValue(1);
        assertThat(finding.location().orElseThrow().text()).contains("import yaml");
        assertThat(finding.fix()).contains("PyYAML").contains("requirements.txt");
    }

    @Test
    void tellsHostAndPortOfABackend() {
        assertThat(Diagnosis.of(PythonRecording.named("BACKEND_UNREACHABLE-postgres")
                                .symptoms())
                        .get(0)
                        .detail())
                .startsWith("127.0.0.1:5432 cannot be reached");
    }
}
