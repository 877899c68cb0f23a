package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The file has no execute bit in the project, and none is given to it by the Dockerfile after it was copied. */
final class ScriptNotExecutable implements LintRule {
    @Override
    public String id() {
        return "SCRIPT_NOT_EXECUTABLE";
    }

    @Override
    public String title() {
        return "A script that is started may not be executed";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.COMMAND_NOT_EXECUTABLE, CauseId.ENTRYPOINT_FAILED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        List<LintFinding> findings = new ArrayList<>();
        FutureStart.of(project)
                .ifPresent(start -> start.scripts()
                        .forEach((name, script) -> script.file()
                                .filter(ImageFile::isSurelyNotExecutable)
                                .filter(file -> Scripts.isExecuted(start, name))
                                .ifPresent(file -> findings.add(notExecutable(start, name, file)))));
        return findings;
    }

    private LintFinding notExecutable(FutureStart start, String name, ImageFile file) {
        return error(
                        start.placeOf(name),
                        "%s is copied without an execute bit (line %d).".formatted(file.path(), file.line()),
                        "chmod +x %s and commit it (git update-index --chmod=+x), or COPY --chmod=755, or RUN chmod +x %s after the COPY."
                                .formatted(file.origin().orElse(file.name()), file.path()))
                .about(file.name());
    }
}
