package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.dockerfile.Instruction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A stage with several of them: all but the last are without effect. */
final class CommandOverridden implements LintRule {
    @Override
    public String id() {
        return "COMMAND_OVERRIDDEN";
    }

    @Override
    public String title() {
        return "Only the last CMD and the last ENTRYPOINT hold";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of();
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .flatMap(stage -> project.dockerfile()
                        .map(source -> Stream.of(stage.cmds(), stage.entrypoints())
                                .flatMap(same -> same.subList(0, Math.max(0, same.size() - 1)).stream()
                                        .map(at -> dead(source, at, same.get(same.size() - 1))))
                                .toList()))
                .orElse(List.of());
    }

    private LintFinding dead(DockerfileSource source, Instruction dead, Instruction last) {
        String name = dead.name().toUpperCase(Locale.ROOT);
        return warning(
                Location.of(source.path(), dead.line()),
                "This %s is without effect: the one in line %d holds.".formatted(name, last.line()),
                "Remove it, or join the two: a container has one command.");
    }
}
