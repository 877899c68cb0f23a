package io.bootgate.image.jib;

import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server is to serve.
 *
 * @param name as in {@code shop.wsgi:application}
 * @param isFactory whether the attribute is a function that makes the app
 * @param isAsynchronous whether it speaks ASGI
 */
record AppModule(String name, boolean isFactory, boolean isAsynchronous) {
    private static final List<String> USUAL = List.of(
            "wsgi.py",
            "asgi.py",
            "app.py",
            "main.py",
            "application.py",
            "server.py",
            "run.py",
            "api.py",
            "__init__.py");
    private static final int DEEPEST = 2;
    private static final Pattern NOT_THE_APP =
            Pattern.compile("(?:^|/)(?:tests?|docs?|examples?|scripts|migrations|conftest\\.py|setup\\.py)(?:/|$)");
    private static final Pattern USUAL_NAME = Pattern.compile(
            "(?m)^(application|app)\\s*(?::[^=\\n]+)?=(?!=)|^from\\s+\\S+\\s+import\\s+(?:.*[,\\s])?(application|app)\\b");
    private static final Pattern OTHER_NAME = Pattern.compile(
            "(?m)^(\\w+)\\s*(?::[^=\\n]+)?=\\s*(?:\\w+\\.)*(?:Flask|FastAPI|Starlette|Quart|Litestar|Sanic|Bottle|App|APIFlask|OpenAPI|get_wsgi_application|get_asgi_application)\\(");
    private static final Pattern FACTORY =
            Pattern.compile("(?m)^def\\s+(create_app|make_app|create_application)\\s*\\(");
    private static final Pattern ASYNCHRONOUS = Pattern.compile(
            "\\b(?:FastAPI|Starlette|Quart|Litestar|Sanic|get_asgi_application)\\b|\\basync\\s+def\\s+app(?:lication)?\\s*\\(\\s*scope\\b");

    static AppModule named(String name, AppFiles files) {
        String module = name.replaceFirst(":.*$", "").replace('.', '/');
        boolean asynchronous = List.of(module + ".py", module + "/__init__.py").stream()
                .map(files.all()::get)
                .filter(file -> file != null)
                .anyMatch(file -> ASYNCHRONOUS.matcher(text(file)).find());
        return new AppModule(name.replaceFirst("\\(\\)$", ""), name.endsWith("()"), asynchronous);
    }

    /** The first of the usual files that has an app, those at the top before those in packages. */
    static Optional<AppModule> in(AppFiles files) {
        return files.all().entrySet().stream()
                .filter(file -> isCandidate(file.getKey()))
                .sorted(Comparator.<Map.Entry<String, Path>>comparingInt(file -> depth(file.getKey()))
                        .thenComparingInt(file -> rank(file.getKey()))
                        .thenComparing(Map.Entry::getKey))
                .flatMap(file -> read(file.getKey(), text(file.getValue())).stream())
                .findFirst();
    }

    private static boolean isCandidate(String path) {
        return path.endsWith(".py")
                && depth(path) <= DEEPEST
                && !NOT_THE_APP.matcher(path).find()
                && (rank(path) < USUAL.size() || depth(path) == 0)
                && !path.equals("__init__.py")
                && path.replace(".py", "").matches("[\\w/]+");
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    private static int rank(String path) {
        int rank = USUAL.indexOf(path.substring(path.lastIndexOf('/') + 1));
        return rank < 0 ? USUAL.size() : rank;
    }

    private static Optional<AppModule> read(String path, String text) {
        String module = path.replaceFirst("(?:/__init__)?\\.py$", "").replace('/', '.');
        boolean asynchronous = ASYNCHRONOUS.matcher(text).find();
        for (Pattern pattern : List.of(OTHER_NAME, USUAL_NAME)) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                String attribute = found.group(1) == null ? found.group(2) : found.group(1);
                return Optional.of(new AppModule(module + ":" + attribute, false, asynchronous));
            }
        }
        Matcher factory = FACTORY.matcher(text);
        return factory.find()
                ? Optional.of(new AppModule(module + ":" + factory.group(1), true, asynchronous))
                : Optional.empty();
    }

    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ImageBuildException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
