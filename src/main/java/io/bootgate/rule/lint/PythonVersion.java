package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.Imported;
import io.bootgate.source.program.Scope;
import io.bootgate.source.python.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sources and the image's Python do not fit: newer syntax, or modules that are not there yet or no more. */
final class PythonVersion implements LintRule {
    @Override
    public String id() {
        return "PYTHON_VERSION";
    }

    @Override
    public String title() {
        return "The sources do not fit the image's Python";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.SYNTAX_ERROR,
                CauseId.PYTHON_VERSION_MISMATCH,
                CauseId.MISSING_MODULE,
                CauseId.DEPENDENCY_CONFLICT);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty() || boot.get().plan().minor().isEmpty()) {
            return List.of();
        }
        int minor = boot.get().plan().minor().getAsInt();
        List<LintFinding> findings = new ArrayList<>();
        List<Scope> modules = new ArrayList<>(boot.get().program().modules());
        boot.get().target().filter(target -> !modules.contains(target)).ifPresent(modules::add);
        for (Scope scope : modules) {
            if (boot.get().program().surelyRuns(scope.module().name())) {
                features(scope, minor).ifPresent(findings::add);
            }
        }
        Set<String> names = Installed.of(boot.get()).names();
        for (Imported imported : boot.get().program().happenings(Imported.class)) {
            if (imported.scene().isFatal("ImportError", "ModuleNotFoundError", "AttributeError", "Exception")) {
                module(imported, minor, names, boot.get().installation().opaque())
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<LintFinding> features(Scope scope, int minor) {
        return scope.module().python().features().stream()
                .filter(feature -> feature.minor() > minor)
                .findFirst()
                .map(feature -> tooNew(scope.module().path(), feature, minor));
    }

    private LintFinding tooNew(String path, Feature feature, int minor) {
        return error(
                Location.of(path, feature.position().line(), feature.position().column()),
                "%s: Python 3.%d is the first to understand it, and the image has 3.%d."
                        .formatted(feature.name(), feature.minor(), minor),
                "Take a newer base image (python:3.%d or later), or write it in the older way."
                        .formatted(feature.minor()));
    }

    private Optional<LintFinding> module(Imported imported, int minor, Set<String> names, boolean opaque) {
        String module = imported.module();
        boolean brought = opaque
                || names.stream()
                        .anyMatch(name -> KnownDependencies.mayBring(name, module) || name.startsWith("standard-"))
                || KnownDependencies.bringing(module).stream().anyMatch(names::contains);
        if (StandardModules.until(module).orElse(99) <= minor && !brought) {
            return Optional.of(error(
                    BootProgram.location(imported.scene()),
                    "%s is no part of Python since 3.%d, and the image has 3.%d."
                            .formatted(module, StandardModules.until(module).getAsInt(), minor),
                    "Replace it, or take an older base image."));
        }
        if (StandardModules.since(module).orElse(0) > minor && !brought) {
            return Optional.of(error(
                    BootProgram.location(imported.scene()),
                    "%s is part of Python from 3.%d on, and the image has 3.%d."
                            .formatted(module, StandardModules.since(module).getAsInt(), minor),
                    "Take a newer base image, or a backport."));
        }
        Optional<String> moved = imported.names().stream()
                .filter(StandardModules.ABSTRACT::contains)
                .findFirst();
        if (module.equals("collections") && minor >= 10 && moved.isPresent()) {
            return Optional.of(error(
                    BootProgram.location(imported.scene()),
                    "collections has no %s since Python 3.10, and the image has 3.%d.".formatted(moved.get(), minor),
                    "Import it from collections.abc."));
        }
        return Optional.empty();
    }
}
