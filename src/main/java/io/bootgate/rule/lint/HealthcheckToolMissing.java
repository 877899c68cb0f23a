package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.image.ImageStage;
import io.bootgate.source.image.ImageStage.Presence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** curl and wget are missing from slim images: the check fails, whatever the service does. */
final class HealthcheckToolMissing implements LintRule {
    @Override
    public String id() {
        return "HEALTHCHECK_TOOL_MISSING";
    }

    @Override
    public String title() {
        return "The HEALTHCHECK uses a program that the image does not have";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.UNHEALTHY);
    }

    private static final Pattern TOOL = Pattern.compile("\\b(curl|wget|nc|netcat|http|pgrep|telnet|node)\\b");

    @Override
    public List<LintFinding> check(LintProject project) {
        return ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .flatMap(stage -> stage.healthcheck().flatMap(at -> check(project, stage, at)))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(LintProject project, ImageStage stage, Instruction healthcheck) {
        String text = healthcheck.arguments().trim();
        if (!text.regionMatches(true, 0, "CMD", 0, 3)) {
            return Optional.empty();
        }
        String command = text.substring(3).replaceAll("[\\[\\]\",]", " ").trim();
        Matcher first = TOOL.matcher(command);
        boolean starts = first.lookingAt()
                || (command.matches("(?:/bin/)?sh -c.*") && first.reset().find());
        if (!starts || command.matches("(?s).*\\|\\|\\s*(?!exit|false)\\S.*")) {
            return Optional.empty();
        }
        String tool = first.group(1);
        return new Programs(stage).of(tool) == Presence.MISSING
                ? project.dockerfile()
                        .map(source -> error(
                                        Texts.at(source, healthcheck, tool),
                                        "%s has no %s, and nothing installs it: the check always fails."
                                                .formatted(stage.base().reference(), tool),
                                        "Install %s, or check with Python: python -c \"import urllib.request as r; r.urlopen('http://127.0.0.1:8000/')\"."
                                                .formatted(tool))
                                .about(""))
                : Optional.empty();
    }
}
