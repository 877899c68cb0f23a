package io.bootgate.goal;

import io.bootgate.report.Paint;
import java.io.Console;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;

/** Who reads the output: a person at a terminal, or a file. */
final class Terminal {
    private Terminal() {}

    static boolean isInteractive(MavenSession session) {
        return session.getRequest().isInteractiveMode();
    }

    static Paint of(MavenSession session) {
        Map<String, String> environment = System.getenv();
        String style = session.getUserProperties().getProperty("style.color", System.getProperty("style.color"));
        boolean terminal = isTerminal() && !logsToFile(environment.getOrDefault("MAVEN_CMD_LINE_ARGS", ""));
        return Paint.wanted(Optional.ofNullable(style), isInteractive(session), terminal, environment);
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        try {
            // Since Java 22 there is always a console, and this method to ask it.
            return console != null
                    && Console.class.getMethod("isTerminal").invoke(console).equals(true);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** The console is there with {@code -l file} too, but the output does not go to it. */
    private static boolean logsToFile(String commandLine) {
        return Arrays.stream(commandLine.strip().split("\\s+"))
                .anyMatch(word -> word.equals("-l") || word.startsWith("--log-file"));
    }
}
