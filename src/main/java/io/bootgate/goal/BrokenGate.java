package io.bootgate.goal;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.engine.EngineException;
import io.bootgate.gate.Secrets;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/**
 * Turns what keeps the gate from doing its work into Maven's error: what failed, where, and what to do. The exception itself
 * goes to {@code -X} only, masked, never into the error as its cause: Maven would print the messages of libraries after ours.
 */
record BrokenGate(Secrets secrets, Path folder, Log log) {
    private static final String BUG_FILE = "bootgate-bug.txt";

    MojoExecutionException explain(Throwable trouble) {
        String stackTrace = stackTrace(trouble);
        log.debug(stackTrace);
        return new MojoExecutionException(secrets.mask(message(trouble, stackTrace)));
    }

    private String message(Throwable trouble, String stackTrace) {
        if (trouble instanceof EngineException
                || trouble instanceof DeploymentException
                || trouble instanceof ImageBuildException
                || trouble instanceof IllegalArgumentException) {
            return String.valueOf(trouble.getMessage());
        }
        if (trouble instanceof UncheckedIOException file && file.getCause() != null) {
            return "%s: %s. Free space or correct the permissions there, or set <outputDirectory> to another folder."
                    .formatted(file.getMessage(), FileTrouble.reason(file.getCause()));
        }
        return "Bootgate itself failed: %s: %s. This is a bug in Bootgate, not in your service. %s"
                .formatted(trouble.getClass().getName(), trouble.getMessage(), keep(stackTrace));
    }

    private String keep(String stackTrace) {
        Path file = folder.resolve(BUG_FILE);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, stackTrace);
            return "Please report it with the stack trace in " + file + ".";
        } catch (IOException e) {
            return "Please report it with the stack trace that -X shows.";
        }
    }

    private String stackTrace(Throwable trouble) {
        StringWriter text = new StringWriter();
        trouble.printStackTrace(new PrintWriter(text, true));
        return secrets.mask(text.toString());
    }
}
