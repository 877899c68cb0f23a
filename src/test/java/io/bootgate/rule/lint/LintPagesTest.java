package io.bootgate.rule.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The examples of every rule's page are what they say. A block is the Dockerfile, or a file whose name stands behind the language:
 * {@code sh start.sh +x crlf}; XML is configuration.
 */
class LintPagesTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\S+)([^\\n]*)\\n(.*?)^```$");

    @TestFactory
    Stream<DynamicTest> theExamplesAreWhatTheySay() {
        return LintRules.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    String page = Files.readString(Path.of("docs/lint/" + rule.id() + ".md"));
                    assertThat(found(rule, section(page, "Fails"))).isNotEmpty();
                    assertThat(found(rule, section(page, "Passes"))).isEmpty();
                }));
    }

    /** What passes for one rule is a service in order for the others too, as far as they foresee failures. */
    @TestFactory
    Stream<DynamicTest> whatPassesHasNoOtherError() {
        return LintRules.ALL.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    String page = Files.readString(Path.of("docs/lint/" + rule.id() + ".md"));
                    assertThat(Lint.ofAllRules()
                                    .check(project(section(page, "Passes")).project()))
                            .filteredOn(finding -> finding.severity() == io.bootgate.rule.Severity.ERROR)
                            .filteredOn(finding -> finding.rule()
                                    .matches("COMMAND.*|SCRIPT.*|BIND.*|PORT.*|USER.*|DOCKERFILE.*|COPY.*"))
                            .isEmpty();
                }));
    }

    private static List<LintFinding> found(LintRule rule, String section) throws IOException {
        return project(section).findings(rule);
    }

    private static String section(String page, String title) {
        String rest = page.substring(page.indexOf("\n## " + title + "\n"));
        int next = rest.indexOf("\n## ", 4);
        return next < 0 ? rest : rest.substring(0, next);
    }

    private static WrittenProject project(String section) {
        WrittenProject project = new WrittenProject();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            String info = block.group(2).strip();
            String text = block.group(3);
            if (block.group(1).equals("xml")) {
                project.configured(text);
            } else {
                String name = info.isEmpty() ? "Dockerfile" : info.split(" ", -1)[0];
                String written = info.contains(" crlf") ? text.replace("\n", "\r\n") : text;
                project.with(name, written.getBytes(StandardCharsets.UTF_8), info.contains(" +x") ? 0755 : 0644);
            }
        }
        return project;
    }
}
