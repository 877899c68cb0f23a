package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.NoneUsed;
import io.bootgate.source.program.Happening.VariableRead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A variable is needed while the app is loaded, and nobody gives it a value. */
final class VariableMissing implements LintRule {
    @Override
    public String id() {
        return "VARIABLE_MISSING";
    }

    @Override
    public String title() {
        return "A variable that the app needs to start has no value";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.MISSING_ENV, CauseId.INVALID_ENV, CauseId.APP_ERROR, CauseId.SYSTEM_EXIT);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()) {
            return List.of();
        }
        GivenVariables given = GivenVariables.of(project, boot.get());
        List<LintFinding> findings = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (VariableRead read : boot.get().program().happenings(VariableRead.class)) {
            boolean fatal = read.need().isRequired()
                    && read.scene().certain()
                    && read.scene().caught().isEmpty();
            if (fatal && !given.has(read.variable(), read.need()) && told.add(read.variable())) {
                String detail = "%s is read by %s while the app is loaded, and nothing gives it a value."
                        .formatted(read.variable(), reader(read.need().reader()));
                findings.add(tell(read, detail, given));
            }
        }
        for (NoneUsed used : boot.get().program().happenings(NoneUsed.class)) {
            boolean fatal = used.scene().certain() && used.scene().caught().isEmpty();
            if (fatal && !given.has(used.variable()) && told.add(used.variable())) {
                findings.add(finding(
                        given,
                        used.scene(),
                        "%s is not set, so its value is None here, and %s cannot take None."
                                .formatted(used.variable(), used.use()),
                        used.variable()));
            }
        }
        return findings;
    }

    private static String reader(String reader) {
        return switch (reader) {
            case "check" -> "a check that ends the program without it,";
            case "pydantic" -> "a settings class without a default";
            default -> reader;
        };
    }

    private LintFinding tell(VariableRead read, String detail, GivenVariables given) {
        return finding(given, read.scene(), detail, read.variable());
    }

    private LintFinding finding(
            GivenVariables given, io.bootgate.source.program.Scene scene, String detail, String variable) {
        Optional<String> near = given.near(variable);
        String fix = near.map(name -> "There is %s: correct the name on one side.".formatted(name))
                .orElse(
                        "Give it a value: <env>, the deployment descriptor, ENV in the Dockerfile. Or read it with a default.");
        LintFinding finding = given.isSure()
                ? error(BootProgram.location(scene), detail, fix)
                : warning(BootProgram.location(scene), detail, fix);
        return finding.about(variable);
    }
}
