package io.bootgate.goal;

import io.bootgate.gate.Secrets;
import io.bootgate.report.Paint;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** A goal that reads something and tells what it means: it needs no project and no engine. */
abstract class ReadingMojo extends AbstractMojo {
    /**
     * Names of variables whose values are not shown, beside those that are known to be secret or whose names say so (PASSWORD,
     * SECRET, TOKEN, KEY, CREDENTIAL); {@code *} in a name is any text. Example: {@code
     * <secretEnv><name>DATABASE_URL</name></secretEnv>}
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.secretEnv")
    private List<String> secretEnv = new ArrayList<>();

    /**
     * Folder for what is written. By default {@code bootgate} in the project's build directory: {@code target/bootgate}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.outputDirectory")
    private @Nullable File outputDirectory;

    /**
     * Does nothing if true.
     *
     * @since 0.1.0
     */
    @Parameter(property = "bootgate.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @Override
    public final void execute() throws MojoExecutionException {
        if (skip) {
            getLog().info("Bootgate is skipped (bootgate.skip).");
            return;
        }
        Place place = Place.of(project, session);
        try {
            read(place);
        } catch (RuntimeException | LinkageError e) {
            throw new BrokenGate(Secrets.named(secretEnv), place.outputDirectory(outputDirectory), getLog()).explain(e);
        }
    }

    abstract void read(Place place) throws MojoExecutionException;

    final OutputFolder openOutput(Place place) throws MojoExecutionException {
        return OutputFolder.open(place.outputDirectory(outputDirectory));
    }

    final List<String> secretEnv() {
        return secretEnv;
    }

    final Paint paint() {
        return Terminal.of(session);
    }
}
