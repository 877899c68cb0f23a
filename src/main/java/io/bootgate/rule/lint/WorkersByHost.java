package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.gunicorn.GunicornSettings;
import io.bootgate.source.gunicorn.Setting;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gunicorn's settings and what the container is given: workers by the host's processors, folders that cannot be written. */
final class WorkersByHost implements LintRule {
    private static final int SHORT_SECONDS = 10;

    @Override
    public String id() {
        return "WORKERS_BY_HOST";
    }

    @Override
    public String title() {
        return "Gunicorn's workers do not fit what the container is given";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(
                CauseId.OUT_OF_MEMORY,
                CauseId.WORKER_TIMEOUT,
                CauseId.RESOURCE_LIMIT,
                CauseId.SERVER_MISCONFIGURED,
                CauseId.READ_ONLY_FILESYSTEM);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        Optional<GunicornSettings> settings =
                boot.flatMap(found -> found.start().gunicorn());
        if (settings.isEmpty()) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        workers(project, boot.get(), settings.get()).ifPresent(findings::add);
        timeout(project, boot.get(), settings.get()).ifPresent(findings::add);
        temporary(project, boot.get(), settings.get()).ifPresent(findings::add);
        return findings;
    }

    private Optional<LintFinding> workers(LintProject project, BootProgram boot, GunicornSettings settings) {
        Optional<Setting> workers = settings.setting("workers")
                .filter(setting -> setting.expression()
                        .filter(WorkersByHost::countsProcessors)
                        .isPresent());
        return workers.map(
                setting -> warning(
                        place(project, boot, settings, setting),
                        "The number of workers follows cpu_count(), which tells the processors of the host, not %s."
                                .formatted(limits(project)),
                        "Give a number, from a variable if it is to be changed: workers = int(os.getenv(\"WEB_CONCURRENCY\", \"2\"))."));
    }

    private static String limits(LintProject project) {
        return project.request().run().milliCpus().isPresent()
                ? "the %.1f of the container"
                        .formatted(project.request().run().milliCpus().getAsLong() / 1000.0)
                : "those of the container";
    }

    private static boolean countsProcessors(Expression expression) {
        return (expression instanceof Call call
                        && call.function()
                                .dotted()
                                .filter(name -> name.endsWith("cpu_count"))
                                .isPresent())
                || expression.parts().stream().anyMatch(WorkersByHost::countsProcessors);
    }

    private Optional<LintFinding> timeout(LintProject project, BootProgram boot, GunicornSettings settings) {
        return settings.setting("timeout")
                .filter(setting -> setting.text()
                        .filter(text -> text.matches("[1-9]"))
                        .filter(text -> Integer.parseInt(text) < SHORT_SECONDS)
                        .isPresent())
                .map(setting -> warning(
                        place(project, boot, settings, setting),
                        "A timeout of %s s holds for the import of the app as well (Gunicorn before 22), and a cold start takes longer on a busy host."
                                .formatted(setting.text().orElse("")),
                        "Leave it at 30 s or more."));
    }

    private Optional<LintFinding> temporary(LintProject project, BootProgram boot, GunicornSettings settings) {
        LintRequest.Run run = project.request().run();
        boolean writable =
                run.tmpfs().stream().anyMatch(path -> path.startsWith("/tmp") || path.startsWith("/var/tmp"));
        if (!run.readOnly()
                || writable
                || settings.setting("worker_tmp_dir").isPresent()
                || boot.start().env().containsKey("TMPDIR")) {
            return Optional.empty();
        }
        return Optional.of(warning(
                AppModuleMissing.place(project, boot),
                "The root is read-only, and Gunicorn needs a folder for its workers' heartbeats.",
                "Add --worker-tmp-dir /dev/shm to the command, or <tmpfs><path>/tmp</path></tmpfs>."));
    }

    private static Location place(LintProject project, BootProgram boot, GunicornSettings settings, Setting setting) {
        Optional<String> file = settings.file()
                .map(path ->
                        boot.plan().files().get(PythonStart.resolve(boot.plan().workdir(), path)));
        return setting.line() > 0 && file.isPresent()
                ? Location.of(file.get(), setting.line())
                : AppModuleMissing.place(project, boot);
    }
}
