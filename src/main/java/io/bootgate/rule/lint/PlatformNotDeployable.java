package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import java.util.List;
import java.util.Set;

/** Azure Container Instances runs linux/amd64 only. */
final class PlatformNotDeployable implements LintRule {
    @Override
    public String id() {
        return "PLATFORM_NOT_DEPLOYABLE";
    }

    @Override
    public String title() {
        return "The image is for another processor than the platform's";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.WRONG_ARCHITECTURE);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .flatMap(
                        stage -> stage.from()
                                .flatMap(
                                        from -> from.flag("platform")
                                                .filter(platform -> platform.matches("linux/(?!amd64)[a-z0-9/]+"))
                                                .flatMap(
                                                        platform -> project.dockerfile()
                                                                .map(
                                                                        source -> warning(
                                                                                Texts.at(source, from, platform),
                                                                                "The image is built for %s; Azure Container Instances and most machines run linux/amd64."
                                                                                        .formatted(platform),
                                                                                "Leave --platform out, and choose it with <docker><platform> where it is needed.")))))
                .map(List::of)
                .orElse(List.of());
    }
}
