package io.bootgate.goal;

import java.io.File;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Where a goal runs.
 *
 * @param base the project's folder, or where Maven was called if there is none
 * @param build folder for what is built, relative to it or absolute
 */
record Place(Path base, Path build) {
    /** Name of the project that Maven makes up where there is no POM. */
    static final String NO_PROJECT = "standalone-pom";

    static Place of(MavenProject project, MavenSession session) {
        File folder = project.getBasedir();
        Path base = folder == null ? Path.of(session.getExecutionRootDirectory()) : folder.toPath();
        // Without a POM Maven's own default is a folder whose name is the unresolved ${project.basedir}.
        boolean hasProject = !project.getArtifactId().equals(NO_PROJECT);
        Path build = hasProject ? Path.of(project.getBuild().getDirectory()) : Path.of("target");
        return new Place(base.toAbsolutePath().normalize(), build);
    }

    Path outputDirectory(@Nullable File given) {
        return given != null ? given.toPath() : base.resolve(build).resolve("bootgate");
    }

    /** A path as the user knows it: relative to the base where it lies inside. */
    String shown(File file) {
        Path absolute = base.resolve(file.toPath()).normalize();
        Path shown = absolute.startsWith(base) && !absolute.equals(base) ? base.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }
}
