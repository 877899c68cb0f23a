package io.bootgate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static Optional<List<String>> read(DefaultPlexusConfiguration xml) {
        return CommandLine.of(xml, text -> text.equals("${bootgate.command}") ? null : text);
    }

    @Test
    void elementsOfAnyNameAreTheExecForm() {
        DefaultPlexusConfiguration xml = new DefaultPlexusConfiguration("command");
        xml.addChild("arg", "gunicorn")
                .addChild("word", "app:create_app('x, y')")
                .addChild("empty", null);

        assertThat(read(xml)).contains(List.of("gunicorn", "app:create_app('x, y')", ""));
    }

    @Test
    void textIsTheShellForm() {
        assertThat(read(new DefaultPlexusConfiguration("command", " gunicorn -b :8000,:8001 app:app && true ")))
                .contains(List.of("/bin/sh", "-c", "gunicorn -b :8000,:8001 app:app && true"));
    }

    @Test
    void nothingMeansThatTheImageDecides() {
        assertThat(CommandLine.of(null, text -> text)).isEmpty();
        assertThat(read(new DefaultPlexusConfiguration("command"))).isEmpty();
        assertThat(read(new DefaultPlexusConfiguration("command", "  "))).isEmpty();
        assertThat(read(new DefaultPlexusConfiguration("command", "${bootgate.command}")))
                .isEmpty();
    }
}
