package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.program.Happening.VariableRead;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A variable is set that nothing reads, and one is read by nearly the same name that nobody sets. */
final class VariableMistyped implements LintRule {
    @Override
    public String id() {
        return "VARIABLE_MISTYPED";
    }

    @Override
    public String title() {
        return "A variable is set under one name and read under another";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.MISSING_ENV, CauseId.INVALID_ENV);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()) {
            return List.of();
        }
        GivenVariables given = GivenVariables.of(project, boot.get());
        List<VariableRead> reads = boot.get().program().happenings(VariableRead.class);
        Set<String> read = new HashSet<>();
        reads.forEach(one -> read.add(one.variable()));
        List<LintFinding> findings = new ArrayList<>();
        for (VariableRead one : reads) {
            if (given.has(one.variable(), one.need())) {
                continue;
            }
            given.near(one.variable())
                    .filter(name -> !read.contains(name))
                    .ifPresent(name -> findings.add(warning(
                                    place(project, name).orElseGet(() -> BootProgram.location(one.scene())),
                                    "%s is set, and %s:%d reads %s."
                                            .formatted(
                                                    name,
                                                    one.scene().path(),
                                                    one.scene().line(),
                                                    one.variable()),
                                    "Write the name in the same way on both sides.")
                            .about(one.variable())));
        }
        return findings.stream().distinct().toList();
    }

    private static Optional<Location> place(LintProject project, String name) {
        return project.dockerfile()
                .flatMap(source -> source.dockerfile().instructions().stream()
                        .filter(instruction -> instruction.is(Keyword.ENV))
                        .filter(instruction -> instruction.arguments().matches("(?s)(?:.*\\s)?" + name + "[=\\s].*"))
                        .map(Instruction::line)
                        .findFirst()
                        .map(line -> Location.of(source.path(), line)));
    }
}
