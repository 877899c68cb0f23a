package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.image.BaseImage.Family;
import io.bootgate.source.image.RunCommand;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command starts Gunicorn, and neither a requirement nor a command of the build names it. */
final class ServerNotInstalled implements LintRule {
    private static final String SERVER = "gunicorn";
    /** Any file that may list requirements: their names are free. */
    private static final Pattern REQUIREMENTS =
            Pattern.compile(".*\\.(?:txt|in|toml|cfg|lock)|(?:.*/)?(?:Pipfile|setup\\.py|environment\\.ya?ml)");

    private static final Pattern NAME =
            Pattern.compile("(?m)^\\s*([A-Za-z0-9][\\w.-]*)(?:\\[[^]]*])?\\s*(?:[=<>!~;#@].*)?$");

    /** Common distributions that are known not to bring it along. */
    private static final Set<String> WITHOUT = Set.of(
            "flask",
            "django",
            "fastapi",
            "starlette",
            "uvicorn",
            "requests",
            "httpx",
            "jinja2",
            "werkzeug",
            "markupsafe",
            "click",
            "itsdangerous",
            "blinker",
            "pydantic",
            "sqlalchemy",
            "flask-sqlalchemy",
            "flask-cors",
            "flask-migrate",
            "psycopg2",
            "psycopg2-binary",
            "redis",
            "celery",
            "pyyaml",
            "python-dotenv",
            "whitenoise",
            "numpy",
            "pandas",
            "djangorestframework",
            "boto3",
            "pip",
            "setuptools",
            "wheel");

    @Override
    public String id() {
        return "SERVER_NOT_INSTALLED";
    }

    @Override
    public String title() {
        return "The server is not installed";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.COMMAND_NOT_FOUND, CauseId.MISSING_MODULE);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        return FutureStart.of(project)
                .filter(start -> start.known() && start.words().get(0).equals(SERVER))
                .flatMap(start -> check(project, start))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(LintProject project, FutureStart start) {
        List<RunCommand> installs = start.stage().commands().stream()
                .filter(Programs::installs)
                .filter(command -> command.program().matches("(?:pip|python)[\\d.]*"))
                .toList();
        boolean named = start.stage().commands().stream()
                .anyMatch(command -> String.join(" ", command.words()).contains(SERVER));
        boolean foreign = start.stage().copies().stream()
                .anyMatch(
                        copy -> copy.fromStage().isPresent() || copy.fromImage().isPresent());
        Set<String> required = new HashSet<>();
        for (var file : project.files()) {
            if (file.isFile() && REQUIREMENTS.matcher(file.path()).matches()) {
                String text = project.text(file.path())
                        .map(source -> source.text().toLowerCase(Locale.ROOT))
                        .orElse(SERVER);
                named |= text.contains(SERVER);
                Matcher name = NAME.matcher(text);
                while (name.find()) {
                    required.add(name.group(1).replace('_', '-'));
                }
            }
        }
        if (installs.isEmpty() || named || foreign || start.stage().wasOpened("/usr/local/bin")) {
            return Optional.empty();
        }
        boolean files = installs.stream()
                .allMatch(command -> command.words().stream()
                        .allMatch(word -> word.startsWith("-")
                                || word.matches("pip[\\d.]*|python[\\d.]*|install|.*\\.txt")
                                || WITHOUT.contains(
                                        word.replaceFirst("[=<>~\\[].*", "").toLowerCase(Locale.ROOT))));
        boolean sure =
                files && WITHOUT.containsAll(required) && start.stage().base().family() != Family.UNKNOWN;
        String detail = "gunicorn is started, and neither a requirement nor a command of the build names it.";
        String fix = "Add gunicorn to the requirements that the image installs.";
        var place = start.place(SERVER);
        return Optional.of((sure ? error(place, detail, fix) : warning(place, detail, fix)).about(SERVER));
    }
}
