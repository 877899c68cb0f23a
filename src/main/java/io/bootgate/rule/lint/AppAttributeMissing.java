package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The module that the server imports does not define the app's name. */
final class AppAttributeMissing implements LintRule {
    @Override
    public String id() {
        return "APP_ATTRIBUTE_MISSING";
    }

    @Override
    public String title() {
        return "The app's module does not define the app";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.APP_NOT_FOUND);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return BootProgram.of(project)
                .flatMap(boot -> check(project, boot))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(LintProject project, BootProgram boot) {
        Optional<String> attribute = boot.start().attribute();
        Optional<Scope> module = boot.target();
        if (attribute.isEmpty() || module.isEmpty()) {
            return Optional.empty();
        }
        Scope scope = module.get();
        boolean readable = scope.module().python().problem().isEmpty()
                && !scope.module().path().isEmpty();
        if (!readable || scope.defines(attribute.get())) {
            return Optional.empty();
        }
        String others = scope.names().stream()
                .filter(name -> Set.of("app", "application", "create_app", "make_app", "api", "server", "wsgi")
                        .contains(name))
                .sorted()
                .findFirst()
                .map(name -> "Name what is there: %s:%s%s."
                        .formatted(scope.module().name(), name, name.endsWith("_app") ? "()" : ""))
                .orElse("Define it there, at the top level.");
        return Optional.of(error(
                        AppModuleMissing.place(project, boot),
                        "%s defines no %s at its top level."
                                .formatted(scope.module().path(), attribute.get()),
                        others)
                .about(attribute.get()));
    }
}
