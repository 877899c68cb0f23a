package io.bootgate.rule.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LintTest {
    private static final Path PAGES = Path.of("docs/lint");

    @Test
    void everyRuleHasAnIdOfItsOwn() {
        assertThat(Lint.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Z][A-Z0-9_]*"));
    }

    @Test
    void everyRuleHasItsPageWithAFailingAndAPassingExample() {
        assertThat(LintRules.ALL).allSatisfy(rule -> {
            String page = Files.readString(PAGES.resolve(rule.id() + ".md"));
            assertThat(page)
                    .startsWith("# " + rule.id() + "\n")
                    .contains(rule.title(), "\n## Fails\n", "\n## Passes\n");
        });
    }

    @Test
    void everyPageIsOfARuleAndInTheIndex() throws Exception {
        String index = Files.readString(PAGES.resolve("README.md"));
        try (var pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
                    .filteredOn(name -> !name.equals("README"))
                    .allMatch(name -> Lint.ids().contains(name) || name.equals(Lint.BROKEN_RULE))
                    .allMatch(name -> index.contains("(" + name + ".md)"));
        }
    }

    @Test
    void aRuleThatBreaksIsToldAsOurBugAndTheOthersGoOn() {
        LintProject project = WrittenProject.withDockerfile("FROM x").project();
        List<LintFinding> findings = Lint.ofAllRules().check(project, List.of(new Broken(), new Finds()));
        assertThat(findings).extracting(LintFinding::rule).containsExactly("FINDS", Lint.BROKEN_RULE);
        assertThat(findings.get(1).detail()).contains("rule BREAKS failed at Dockerfile", "IllegalState");
        assertThat(findings.get(1).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aRuleCanBeLeftOutAndCountDifferently() {
        LintProject project = WrittenProject.withDockerfile("FROM x").project();
        assertThat(new Lint(Set.of("FINDS"), Map.of()).check(project, List.of(new Finds())))
                .isEmpty();
        assertThat(new Lint(Set.of(), Map.of("FINDS", Severity.WARNING)).check(project, List.of(new Finds())))
                .extracting(LintFinding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aCommentAtTheLineOrAboveWaivesTheFinding() {
        assertThat(WrittenProject.withDockerfile("# bootgate:ignore OTHER, FINDS", "FROM x")
                        .found(new Finds(2)))
                .isEmpty();
        assertThat(WrittenProject.withDockerfile("FROM x # bootgate:ignore FINDS")
                        .found(new Finds()))
                .isEmpty();
        assertThat(WrittenProject.withDockerfile("FROM x # bootgate:ignore OTHER")
                        .found(new Finds()))
                .hasSize(1);
    }

    @Test
    void aCommentAboveAnInstructionHoldsForAllItsLines() {
        assertThat(WrittenProject.withDockerfile("FROM x", "# bootgate:ignore FINDS", "RUN a \\", " && b \\", " && c")
                        .found(new Finds(5)))
                .isEmpty();
    }

    @Test
    void theLineIsShownWithTheFinding() {
        assertThat(WrittenProject.withDockerfile("  FROM x")
                        .findings(new Finds())
                        .get(0)
                        .location())
                .isEqualTo(
                        java.util.Optional.of(Location.of("Dockerfile", 1).withText(java.util.Optional.of("FROM x"))));
    }

    private record Finds(int line) implements LintRule {
        Finds() {
            this(1);
        }

        @Override
        public String id() {
            return "FINDS";
        }

        @Override
        public String title() {
            return "Finds something";
        }

        @Override
        public Set<CauseId> predicts() {
            return Set.of(CauseId.EXITED);
        }

        @Override
        public List<LintFinding> check(LintProject project) {
            return List.of(error(Location.of("Dockerfile", line), "Something.", "Nothing."));
        }
    }

    private static final class Broken implements LintRule {
        @Override
        public String id() {
            return "BREAKS";
        }

        @Override
        public String title() {
            return "Breaks";
        }

        @Override
        public Set<CauseId> predicts() {
            return Set.of();
        }

        @Override
        public List<LintFinding> check(LintProject project) {
            project.text("Dockerfile");
            throw new IllegalStateException("half-way");
        }
    }
}
