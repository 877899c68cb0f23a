package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.FutureStart.Script;
import io.bootgate.source.ProjectFile;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.image.ImageFile;
import io.bootgate.source.image.ImageStage.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command names a script that no instruction puts where it is looked for. */
final class ScriptMissing implements LintRule {
    @Override
    public String id() {
        return "SCRIPT_MISSING";
    }

    @Override
    public String title() {
        return "A script that is started is not in the image";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.COMMAND_NOT_FOUND,
                CauseId.ENTRYPOINT_FAILED,
                CauseId.MISSING_FILE,
                CauseId.SERVER_NOT_STARTED,
                CauseId.EXITED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        FutureStart.of(project)
                .ifPresent(start -> start.scripts().forEach((name, script) -> {
                    if (script.file().isEmpty() && start.stage().presence(script.path()) == Presence.MISSING) {
                        findings.add(missing(project, start, name, script));
                    }
                }));
        return findings;
    }

    private LintFinding missing(LintProject project, FutureStart start, String name, Script script) {
        String file = script.path().substring(script.path().lastIndexOf('/') + 1);
        Optional<ImageFile> elsewhere = start.stage().files().stream()
                .filter(other -> other.name().equals(file) && !other.isFolder())
                .findFirst();
        Optional<ProjectImage> image = ProjectImage.of(project);
        Optional<ProjectFile> left = image.flatMap(known -> project.files().stream()
                .filter(other -> other.isFile()
                        && other.name().equals(file)
                        && other.path().startsWith(known.context()))
                .filter(other -> known.exclusion(other.path()).isPresent())
                .findFirst());
        if (elsewhere.isPresent()) {
            return error(
                            start.placeOf(name),
                            "%s is not in the image: %s is at %s (line %d)."
                                    .formatted(
                                            script.path(),
                                            file,
                                            elsewhere.get().path(),
                                            elsewhere.get().line()),
                            "Start %s, or copy it to %s."
                                    .formatted(elsewhere.get().path(), script.path()))
                    .about(file);
        }
        if (left.isPresent()) {
            IgnorePatterns.Rule rule =
                    image.orElseThrow().exclusion(left.get().path()).orElseThrow();
            String ignoreFile =
                    image.orElseThrow().ignoreFile().map(SourceText::path).orElse(".dockerignore");
            return error(
                            Location.of(ignoreFile, rule.line()),
                            "%s is started and not in the image: this line keeps it out of the build."
                                    .formatted(left.get().path()),
                            "Remove the line, or add !%s below it."
                                    .formatted(left.get().path()))
                    .about(file);
        }
        return error(
                        start.placeOf(name),
                        "%s is not in the image: no instruction copies it there.".formatted(script.path()),
                        "COPY it, or correct the path.")
                .about(file);
    }
}
