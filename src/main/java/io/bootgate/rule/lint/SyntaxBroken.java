package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Scope;
import io.bootgate.source.python.Python;
import io.bootgate.source.python.SyntaxProblem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Python file that no Python 3 can read. */
final class SyntaxBroken implements LintRule {
    /** Our own limit: CPython's is higher. */
    private static final String TOO_DEEP = "too deeply nested";

    @Override
    public String id() {
        return "SYNTAX_BROKEN";
    }

    @Override
    public String title() {
        return "A Python file is no Python 3";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.SYNTAX_ERROR, CauseId.APP_ERROR);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty()) {
            return List.of();
        }
        Set<String> sure = new HashSet<>();
        Set<String> reached = new HashSet<>();
        for (Scope module : boot.get().program().modules()) {
            reached.add(module.module().path());
            if (boot.get().program().surelyRuns(module.module().name())) {
                sure.add(module.module().path());
            }
        }
        boot.get().target().ifPresent(target -> sure.add(target.module().path()));
        List<LintFinding> findings = new ArrayList<>();
        for (String path : new java.util.TreeSet<>(boot.get().plan().files().values())) {
            boolean isSource = path.endsWith(".py") && (sure.contains(path) || reached.contains(path) || isOwn(path));
            if (isSource) {
                Optional<SyntaxProblem> problem =
                        PythonFiles.read(project, path).flatMap(Python::problem);
                problem.filter(found -> !found.message().equals(TOO_DEEP))
                        .filter(found -> sure.contains(path) || !isTemplate(project, path))
                        .ifPresent(found -> findings.add(
                                tell(path, found, sure.contains(path) ? Severity.ERROR : Severity.WARNING)));
            }
        }
        return findings;
    }

    /** Tests, templates of project generators and other people's sources are none of the service. */
    private static boolean isOwn(String path) {
        return !path.matches(
                "(?:.*/)?(?:tests?|templates?|node_modules|site-packages|vendor|third_party|cookiecutter.*|testdata|fixtures|.*\\{\\{.*)/.*");
    }

    private static boolean isTemplate(LintProject project, String path) {
        return project.text(path)
                .filter(text -> text.text().contains("{{") || text.text().contains("{%"))
                .isPresent();
    }

    private LintFinding tell(String path, SyntaxProblem problem, Severity severity) {
        Location place =
                Location.of(path, problem.position().line(), problem.position().column());
        String fix = "Correct the line: python3 -m py_compile " + path + " shows what Python says.";
        return severity == Severity.ERROR
                ? error(place, problem.message() + ".", fix)
                : warning(place, problem.message() + ".", fix);
    }
}
