package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.gunicorn.GunicornSettings;
import io.bootgate.source.gunicorn.Setting;
import io.bootgate.source.program.Happening.Called;
import io.bootgate.source.python.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What no import shows: the library of Gunicorn's worker class, the driver that a database's URL names. */
final class DriverMissing implements LintRule {
    private static final Map<String, Set<String>> WORKERS = Map.of(
            "gevent", Set.of("gevent"),
            "gevent_wsgi", Set.of("gevent"),
            "gevent_pywsgi", Set.of("gevent"),
            "eventlet", Set.of("eventlet"),
            "tornado", Set.of("tornado"),
            "uvicorn.workers.UvicornWorker", Set.of("uvicorn"),
            "uvicorn.workers.UvicornH11Worker", Set.of("uvicorn"),
            "uvicorn_worker.UvicornWorker", Set.of("uvicorn-worker"),
            "meinheld.gmeinheld.MeinheldWorker", Set.of("meinheld"));

    private static final Map<String, Set<String>> DRIVERS = Map.ofEntries(
            Map.entry("postgresql", Set.of("psycopg2", "psycopg2-binary")),
            Map.entry("postgresql+psycopg2", Set.of("psycopg2", "psycopg2-binary")),
            Map.entry("postgresql+psycopg", Set.of("psycopg", "psycopg-binary")),
            Map.entry("postgresql+asyncpg", Set.of("asyncpg")),
            Map.entry("mysql", Set.of("mysqlclient")),
            Map.entry("mysql+mysqldb", Set.of("mysqlclient")),
            Map.entry("mysql+pymysql", Set.of("pymysql")),
            Map.entry("mysql+aiomysql", Set.of("aiomysql")),
            Map.entry("sqlite+aiosqlite", Set.of("aiosqlite")));

    @Override
    public String id() {
        return "DRIVER_MISSING";
    }

    @Override
    public String title() {
        return "A worker class or a URL needs a library that is not installed";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.MISSING_MODULE, CauseId.SERVER_MISCONFIGURED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty() || !boot.get().installation().any()) {
            return List.of();
        }
        Installed installed = Installed.of(boot.get());
        List<LintFinding> findings = new ArrayList<>();
        boot.get()
                .start()
                .gunicorn()
                .flatMap(settings -> worker(project, boot.get(), settings, installed))
                .ifPresent(findings::add);
        for (Called called : boot.get().program().happenings(Called.class)) {
            if ((called.name().endsWith("create_engine") && called.name().startsWith("sqlalchemy."))
                    || called.name().endsWith("create_async_engine")) {
                engine(called, installed).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<LintFinding> worker(
            LintProject project, BootProgram boot, GunicornSettings settings, Installed installed) {
        Optional<Setting> setting = settings.setting("worker_class");
        Optional<String> name = setting.flatMap(Setting::text);
        Set<String> needed =
                name.map(text -> WORKERS.getOrDefault(text, Set.of())).orElse(Set.of());
        if (needed.isEmpty() || needed.stream().anyMatch(asked(boot)::contains)) {
            return Optional.empty();
        }
        Location place = setting.filter(found -> found.line() > 0)
                .flatMap(found -> settings.file()
                        .map(path -> boot.plan()
                                .files()
                                .get(PythonStart.resolve(boot.plan().workdir(), path)))
                        .map(path -> Location.of(path, found.line())))
                .orElseGet(() -> AppModuleMissing.place(project, boot));
        String library = needed.iterator().next();
        return tell(
                place,
                "The worker class %s needs %s, which is not installed.".formatted(name.get(), library),
                library,
                installed);
    }

    /** What is asked for itself; what Gunicorn could bring as an extra is not there by itself. */
    private static Set<String> asked(BootProgram boot) {
        Set<String> names =
                new java.util.HashSet<>(boot.installation().names(boot.plan().minor()));
        boot.installation().requirements().listed().stream()
                .filter(listed -> listed.name().equals("gunicorn"))
                .forEach(listed -> names.addAll(listed.requirement().extras()));
        if (names.contains("uvicorn-worker")
                || (names.contains("fastapi")
                        && boot.installation().requirements().listed().stream()
                                .anyMatch(listed -> listed.name().equals("fastapi")
                                        && !listed.requirement().extras().isEmpty()))) {
            names.add("uvicorn");
        }
        return names;
    }

    private Optional<LintFinding> engine(Called called, Installed installed) {
        String scheme = called.call()
                .at(0)
                .flatMap(Expression::string)
                .map(url -> url.replaceFirst(":.*$", ""))
                .orElse("");
        Set<String> needed = DRIVERS.getOrDefault(scheme, Set.of());
        boolean there = needed.isEmpty() || needed.stream().anyMatch(installed.names()::contains);
        if (there || !called.scene().isFatal("ImportError", "ModuleNotFoundError", "Exception")) {
            return Optional.empty();
        }
        String library = needed.stream().sorted().reduce((one, other) -> other).orElse("");
        return tell(
                BootProgram.location(called.scene()),
                "%s:// needs %s, which is not installed.".formatted(scheme, library),
                library,
                installed);
    }

    private Optional<LintFinding> tell(Location place, String detail, String library, Installed installed) {
        if (installed.opaque()) {
            return Optional.empty();
        }
        String fix = "Add %s to %s.".formatted(library, installed.file());
        return Optional.of(installed.isComplete() ? error(place, detail, fix) : warning(place, detail, fix));
    }
}
