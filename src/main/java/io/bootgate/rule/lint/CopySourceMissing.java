package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.image.ImageStage;
import io.bootgate.source.image.StageCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The build fails at this instruction. */
final class CopySourceMissing implements LintRule {
    @Override
    public String id() {
        return "COPY_SOURCE_MISSING";
    }

    @Override
    public String title() {
        return "COPY names what the build context does not have";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BUILD_FAILED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        ProjectImage.of(project)
                .ifPresent(image -> project.dockerfile()
                        .ifPresent(source -> image.future()
                                .stages()
                                .forEach(stage -> stage.copies().stream()
                                        .filter(copy -> image.isNeeded(stage) && isOwn(stage, copy))
                                        .forEach(copy -> copy.missing().stream()
                                                .filter(name -> image.surelyMissing(project, name))
                                                .forEach(name ->
                                                        findings.add(missing(project, image, source, copy, name)))))));
        return findings.stream().distinct().toList();
    }

    private static boolean isOwn(ImageStage stage, StageCopy copy) {
        return stage.from().map(from -> copy.instruction().line() > from.line()).orElse(false);
    }

    private LintFinding missing(
            LintProject project, ProjectImage image, DockerfileSource source, StageCopy copy, String name) {
        Optional<IgnorePatterns.Rule> rule = image.exclusion(image.inProject(name));
        boolean exists = rule.isPresent() && image.isListed(project, name);
        return error(
                        Texts.at(source, copy.instruction(), name),
                        exists
                                ? "%s is kept out of the build by line %d of %s (%s)."
                                        .formatted(
                                                name,
                                                rule.get().line(),
                                                image.ignoreFile()
                                                        .map(SourceText::path)
                                                        .orElse(".dockerignore"),
                                                rule.get().text())
                                : "There is no %s in the build context.".formatted(name),
                        exists
                                ? "Remove that line, or add !%s below it.".formatted(name)
                                : "Correct the name, or add the file.")
                .about(name);
    }
}
