package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.gunicorn.Setting;
import io.bootgate.source.program.Happening.Lost;
import io.bootgate.source.program.Happening.NotDefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The server is told to import a module that is nowhere on its path. */
final class AppModuleMissing implements LintRule {
    @Override
    public String id() {
        return "APP_MODULE_MISSING";
    }

    @Override
    public String title() {
        return "The app's module is not where the server looks for it";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.APP_NOT_FOUND, CauseId.MISSING_MODULE, CauseId.APP_ERROR);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return BootProgram.of(project).map(boot -> check(project, boot)).orElse(List.of());
    }

    private List<LintFinding> check(LintProject project, BootProgram boot) {
        List<LintFinding> findings = new ArrayList<>();
        boot.start()
                .module()
                .filter(module -> boot.target().isEmpty())
                .ifPresent(module -> missing(project, boot, module).ifPresent(findings::add));
        for (Lost lost : boot.program().happenings(Lost.class)) {
            if (lost.scene().isFatal("ImportError", "ModuleNotFoundError", "Exception")
                    && !written(boot, lost.module())) {
                findings.add(error(
                                BootProgram.location(lost.scene()),
                                "There is no module %s in the image, and its package is there."
                                        .formatted(lost.module()),
                                "Correct the import, or copy the file: see COPY and .dockerignore.")
                        .about(lost.module()));
            }
        }
        for (NotDefined missing : boot.program().happenings(NotDefined.class)) {
            if (missing.scene().isFatal("ImportError", "Exception")) {
                findings.add(error(
                                BootProgram.location(missing.scene()),
                                "%s defines no %s.".formatted(missing.module().path(), missing.name()),
                                "Correct the name, or define it in "
                                        + missing.module().path() + ".")
                        .about(missing.name()));
            }
        }
        return findings;
    }

    /** Whether a command of the Dockerfile names the module's file: it may make it. */
    private static boolean written(BootProgram boot, String module) {
        String last = module.substring(module.lastIndexOf('.') + 1);
        return !boot.plan().isBare()
                || boot.plan().runs().stream()
                        .anyMatch(run -> run.text().contains(last)
                                || run.text().contains("protoc")
                                || run.text().contains("git clone"));
    }

    private Optional<LintFinding> missing(LintProject project, BootProgram boot, String module) {
        String top = module.contains(".") ? module.substring(0, module.indexOf('.')) : module;
        boolean elsewhere = boot.installation().opaque()
                && boot.plan().files().keySet().stream().noneMatch(path -> path.endsWith(".py"));
        boolean installed = boot.installation().requirements().listed().stream()
                .anyMatch(listed -> KnownDependencies.mayBring(listed.name(), top));
        boolean moved = boot.plan().runs().stream()
                .anyMatch(run -> run.text().matches("(?s).*\\b(mv|cp|ln|git clone|unzip|tar|protoc|curl|wget|cd)\\b.*")
                        && run.text().contains(top));
        if (elsewhere || installed || moved || boot.plan().unclear() || StandardModules.has(top)) {
            return Optional.empty();
        }
        String file = module.replace('.', '/');
        Optional<String> here = project.files().stream()
                .map(known -> known.path())
                .filter(path -> path.equals(file + ".py")
                        || path.endsWith("/" + file + ".py")
                        || path.endsWith("/" + file + "/__init__.py"))
                .findFirst();
        Location place = place(project, boot);
        String folder = boot.start().roots().get(0);
        boolean bare = boot.plan().bases().stream().allMatch(ImagePlan::isBare);
        String detail = "%s is to be imported from %s, and no %s.py is copied there.".formatted(module, folder, file);
        String fix = here.map(path -> "It is " + path + " in the project: "
                        + boot.plan().files().entrySet().stream()
                                .filter(copied -> copied.getValue().equals(path))
                                .findFirst()
                                .map(copied -> "in the image " + copied.getKey()
                                        + ". Set WORKDIR to the folder that the name starts from, or change the name.")
                                .orElse("copy it; see .dockerignore too."))
                .orElse("Correct the module's name, or copy the file.");
        return Optional.of((bare ? error(place, detail, fix) : warning(place, detail, fix)).about(top));
    }

    static Location place(LintProject project, BootProgram boot) {
        Optional<Setting> setting = boot.start()
                .gunicorn()
                .flatMap(gunicorn -> gunicorn.setting("wsgi_app"))
                .filter(app -> app.line() > 0);
        Optional<String> file = boot.start().gunicorn().flatMap(gunicorn -> gunicorn.file());
        if (setting.isPresent() && file.isPresent() && setting.get().source() == Setting.Source.FILE) {
            String path =
                    boot.plan().files().get(PythonStart.resolve(boot.plan().workdir(), file.get()));
            if (path != null) {
                return Location.of(path, setting.get().line());
            }
        }
        String dockerfile =
                project.dockerfile().map(LintProject.DockerfileSource::path).orElse("Dockerfile");
        return Location.of(dockerfile, Math.max(1, boot.plan().commandLine()));
    }
}
