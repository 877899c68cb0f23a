package io.bootgate.goal;

import io.bootgate.environment.Sources;
import io.bootgate.report.FindingsReport;
import io.bootgate.report.JsonReport;
import io.bootgate.rule.Severity;
import io.bootgate.rule.lint.LintFinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Tells before anything is built what would fail at the boot: from the Dockerfile, entry scripts, requirement files, Python
 * sources and the configuration. With file, line and fix on the console, and for programs in {@code report.json}.
 *
 * <p>Needs no engine, and no POM in a folder with a Dockerfile. Takes the configuration of {@code verify}.
 *
 * @since 0.1.0
 */
@Mojo(name = "lint", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true, requiresProject = false)
public final class LintMojo extends VerifyMojo {
    private static final String REPORT = "report.json";

    /**
     * What fails the build: {@code error} (a finding says that the boot is certain to fail), {@code warning} (any finding), or
     * {@code never}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.failOn", defaultValue = "error")
    private String failOn;

    @Override
    void run() throws MojoExecutionException, MojoFailureException {
        String threshold = Choice.of("<failOn>", failOn, List.of("error", "warning", "never"));
        List<LintFinding> findings = findings(request());
        FindingsReport console = new FindingsReport(paint());
        try (OutputFolder folder = OutputFolder.open(outputDirectory())) {
            Path report = folder.file(REPORT);
            folder.clear(List.of(REPORT));
            try {
                JsonReport.writeFindings(report, mojoExecution.getVersion(), service(), findings);
            } catch (IOException e) {
                throw new UncheckedIOException("The report %s cannot be written".formatted(report), e);
            }
        }
        tell(console, findings, threshold);
    }

    private void tell(FindingsReport console, List<LintFinding> findings, String threshold)
            throws MojoFailureException {
        boolean fails = findings.stream()
                .anyMatch(finding -> threshold.equals("warning")
                        || (threshold.equals("error") && finding.severity() == Severity.ERROR));
        if (fails) {
            throw new MojoFailureException(
                    console.headline(service(), findings) + "\n\n" + String.join("\n", console.lines(findings)) + "\n");
        }
        console.lines(findings).forEach(getLog()::warn);
        getLog().info(console.headline(service(), findings));
    }

    /** Nothing is booted: a value that only the machine has which boots is not missed here. */
    @Override
    RequiredEnv require(ServiceVariables settled) {
        return new RequiredEnv(Set.of());
    }

    @Override
    Sources read(VariableSources sources) {
        return sources.readNames();
    }
}
