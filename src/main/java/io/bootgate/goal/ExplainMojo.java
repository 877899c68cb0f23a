package io.bootgate.goal;

import io.bootgate.explain.Explanation;
import io.bootgate.explain.ForeignLog;
import io.bootgate.gate.Secrets;
import io.bootgate.report.ExplanationReport;
import io.bootgate.report.JsonReport;
import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Names the cause in a log that you have: of {@code docker logs}, {@code kubectl logs}, {@code az container logs}, Compose, App
 * Service, Heroku, Cloud Foundry, journald, or in JSON. The cause, the lines that prove it, and the fix are told on the console,
 * and for programs in {@code report.json}.
 *
 * <p>Needs no project and no engine. A failure that is explained does not fail the build.
 *
 * @since 0.1.0
 */
@Mojo(name = "explain", threadSafe = true, requiresProject = false)
public final class ExplainMojo extends ReadingMojo {
    private static final String REPORT = "report.json";
    private static final String STANDARD_INPUT = "-";

    /**
     * The file with the log; {@code -} or nothing is standard input. What {@code az container show} prints (JSON) will do as well.
     * Example: {@code mvn io.bootgate:bootgate-maven-plugin:explain -Dbootgate.log=web.log}, or {@code docker logs web 2>&1 | mvn
     * io.bootgate:bootgate-maven-plugin:explain}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.log")
    private @Nullable File log;

    /**
     * The exit code of the container, where you know it and the log does not tell it. 137 is a kill, mostly for memory. Example:
     * {@code 137}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.exitCode")
    private @Nullable Integer exitCode;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution mojoExecution;

    @Override
    void read(Place place) throws MojoExecutionException {
        List<Explanation> explanations = log(place).explain(exitCode());
        try (OutputFolder folder = openOutput(place)) {
            Path report = folder.file(REPORT);
            ExplanationReport.lines(explanations, paint()).forEach(getLog()::info);
            write(report, explanations);
            getLog().info("");
            getLog().info("Written to " + place.shown(report.toFile()));
        }
    }

    private OptionalInt exitCode() {
        if (exitCode == null) {
            return OptionalInt.empty();
        }
        if (exitCode < 0 || exitCode > 255) {
            throw new IllegalArgumentException(
                    "<exitCode> must be between 0 and 255, but is %d. Example: -Dbootgate.exitCode=137"
                            .formatted(exitCode));
        }
        return OptionalInt.of(exitCode);
    }

    private ForeignLog log(Place place) {
        if (log == null || log.getName().equals(STANDARD_INPUT)) {
            getLog().info("Reading the log from standard input; for a file: -Dbootgate.log=web.log");
            return log("log", "Standard input", new Unclosed(System.in));
        }
        String shown = place.shown(log);
        try (InputStream file =
                new FileInputStream(place.base().resolve(log.toPath()).toFile())) {
            return log(log.getName().replaceFirst("(?<=.)\\.(?:log|txt|json|out)$", ""), shown, file);
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
    }

    private ForeignLog log(String name, String shown, InputStream in) {
        ForeignLog foreign = new ForeignLog(name, Secrets.named(secretEnv()));
        try (LogLines lines = LogLines.of(in)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                foreign.add(line);
            }
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
        return foreign;
    }

    private static IllegalArgumentException unreadable(String shown, IOException e) {
        return new IllegalArgumentException(
                "The log %s cannot be read: %s. Correct the path. Example: -Dbootgate.log=web.log"
                        .formatted(shown, FileTrouble.reason(e)));
    }

    private void write(Path report, List<Explanation> explanations) {
        try {
            JsonReport.writeExplanations(report, mojoExecution.getVersion(), explanations);
        } catch (IOException e) {
            throw new UncheckedIOException("The report %s cannot be written".formatted(report), e);
        }
    }

    /** Standard input is Maven's, and is left open. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
