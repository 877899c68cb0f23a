package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.gate.GateResult;
import io.bootgate.gate.Secrets;
import io.bootgate.report.Paint;
import io.bootgate.report.Results;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {
    private final RecordedLog maven = new RecordedLog();

    @TempDir
    Path base;

    private OutputFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = OutputFolder.open(base.resolve("target/bootgate"));
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void tell(GateResult result) throws MojoFailureException {
        Secrets secrets = Secrets.named(List.of()).withValues(List.of("requests"));
        new Reports(folder, "orders", "0.1.0", base, Paint.NONE).tell(result, secrets, maven);
    }

    @Test
    void aServiceThatIsReadyIsToldInTheLog() throws Exception {
        tell(Results.ready());

        assertThat(maven.lines).hasSize(2).first().asString().isEqualTo("INFO READY  acme/orders:1 in 2.6 s");
        assertThat(folder.file("report.json")).content().contains("\"READY\"");
        assertThat(folder.file("orders.timeline.jsonl")).content().contains("ProbeAnswered");
    }

    @Test
    void aServiceThatIsNotReadyFailsTheBuildAfterItsReportIsWritten() {
        assertThatThrownBy(() -> tell(Results.notReady(Results.MISSING_MODULE)))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("orders is NOT_READY: MISSING_MODULE\n\nNOT_READY  MISSING_MODULE: A module is")
                .hasMessageContaining("  report    target/bootgate/report.json\n");

        assertThat(folder.file("report.json")).content().contains("\"NOT_READY\"");
        assertThat(maven.lines).isEmpty();
    }

    @Test
    void nothingSecretIsToldEvenIfTheResultHasIt() {
        assertThatThrownBy(() -> tell(Results.notReady(Results.MISSING_MODULE)))
                .hasMessageContaining("No module named '***'")
                .hasMessageNotContaining("requests");
    }

    @Test
    void aVerdictIsNotLostWhenItsReportCannotBeWritten() throws Exception {
        Files.createDirectories(folder.file("report.json").resolve("in-the-way"));

        assertThatThrownBy(() -> tell(Results.notReady(Results.MISSING_MODULE)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The report " + folder.file("report.json") + " cannot be written");
        assertThat(maven.lines).first().asString().startsWith("ERROR NOT_READY  MISSING_MODULE");
    }

    @Test
    void whatWasNotBootedHasNoTimeline() {
        assertThatThrownBy(() -> tell(Results.notBuilt())).hasMessageContaining("BUILD_FAILED");

        assertThat(folder.file("orders.timeline.jsonl")).doesNotExist();
    }
}
