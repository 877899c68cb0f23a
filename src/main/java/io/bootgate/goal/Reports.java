package io.bootgate.goal;

import io.bootgate.gate.GateResult;
import io.bootgate.gate.Secrets;
import io.bootgate.report.ConsoleReport;
import io.bootgate.report.EnvironmentPage;
import io.bootgate.report.JsonReport;
import io.bootgate.report.Paint;
import io.bootgate.report.TimelineFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Writes a result down, and tells Maven how it ended. */
record Reports(OutputFolder folder, String name, String version, Path baseDirectory, Paint paint) {
    private static final String REPORT = "report.json";

    /** Removes the files of the run before. */
    void clear() {
        folder.clear(List.of(
                REPORT,
                name + ".log",
                name + ".build.log",
                name + ".autopsy.log",
                EnvironmentPage.NAME,
                BuiltImage.FILE,
                TimelineFile.name(name)));
    }

    /** @throws MojoFailureException if the service is not ready, with everything there is to say about it */
    void tell(GateResult result, Secrets secrets, Log log) throws MojoFailureException {
        ConsoleReport console = new ConsoleReport(paint, shown(folder.path()));
        List<String> lines = console.lines(result).stream().map(secrets::mask).toList();
        try {
            write(result);
        } catch (UncheckedIOException e) {
            // The verdict is known, and must not be lost with the file.
            lines.forEach(log::error);
            throw e;
        }
        if (result.isReady()) {
            lines.forEach(log::info);
        } else {
            // One message: Maven would print a short one twice before a long one.
            throw new MojoFailureException(
                    secrets.mask(console.headline(result)) + "\n\n" + String.join("\n", lines) + "\n");
        }
    }

    private void write(GateResult result) {
        if (result.verdict().isPresent()) {
            Path timeline = folder.file(TimelineFile.name(name));
            try {
                TimelineFile.write(timeline, result.timeline());
            } catch (IOException e) {
                throw new UncheckedIOException("The timeline %s cannot be written".formatted(timeline), e);
            }
        }
        if (result.environment().isPresent()) {
            Path page = folder.file(EnvironmentPage.NAME);
            try {
                EnvironmentPage.write(page, name, result.environment().get());
            } catch (IOException e) {
                throw new UncheckedIOException("The page %s cannot be written".formatted(page), e);
            }
        }
        Path report = folder.file(REPORT);
        try {
            JsonReport.write(report, version, List.of(result));
        } catch (IOException e) {
            throw new UncheckedIOException("The report %s cannot be written".formatted(report), e);
        }
    }

    private String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(baseDirectory) ? baseDirectory.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
