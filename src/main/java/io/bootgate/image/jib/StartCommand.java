package io.bootgate.image.jib;

import io.bootgate.image.ImageBuildException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the service is started.
 *
 * @param words the image's entry point
 * @param port that it listens on
 */
record StartCommand(List<String> words, int port) {
    private static final int USUAL_PORT = 8000;
    private static final String GUNICORN_CONFIG = "gunicorn.conf.py";
    private static final Pattern BIND = Pattern.compile("(?m)^bind\\s*=(.*)");
    private static final Pattern PORT = Pattern.compile(":(\\d{1,5})\\b");
    private static final Pattern WSGI_APP = Pattern.compile("(?m)^wsgi_app\\s*=");
    private static final Pattern WORKER_CLASS = Pattern.compile("(?m)^worker_class\\s*=");

    StartCommand {
        words = List.copyOf(words);
    }

    /** @param installed names of the distributions that are laid into the image, normalised */
    static StartCommand of(JibBuild build, AppFiles files, Set<String> installed) {
        String config = Optional.ofNullable(files.all().get(GUNICORN_CONFIG))
                .map(AppModule::text)
                .orElse("");
        int port = build.port().orElseGet(() -> boundPort(config));
        if (build.entrypoint().isPresent()) {
            return new StartCommand(build.entrypoint().get(), port);
        }
        Optional<AppModule> module =
                build.module().map(name -> AppModule.named(name, files)).or(() -> AppModule.in(files));
        boolean uvicorn = !installed.contains("gunicorn") && installed.contains("uvicorn");
        if (module.isEmpty() && (uvicorn || !WSGI_APP.matcher(config).find())) {
            throw new ImageBuildException(
                    ("Cannot tell what to serve: no file of %s has an app, as app.py with \"app = Flask(__name__)\" would. Set"
                                    + " <jib><module>shop.wsgi:application</module>, wsgi_app in gunicorn.conf.py, or <jib><entrypoint>.")
                            .formatted(build.app()));
        }
        return new StartCommand(
                uvicorn ? uvicorn(module.orElseThrow(), port) : gunicorn(build, module, config, port, installed), port);
    }

    private static List<String> gunicorn(
            JibBuild build, Optional<AppModule> module, String config, int port, Set<String> installed) {
        List<String> words = new ArrayList<>(List.of("gunicorn"));
        if (build.port().isPresent() || !BIND.matcher(config).find()) {
            words.addAll(List.of("--bind", "0.0.0.0:" + port));
        }
        if (module.isPresent()
                && module.get().isAsynchronous()
                && !WORKER_CLASS.matcher(config).find()) {
            words.addAll(List.of(
                    "--worker-class",
                    installed.contains("uvicorn-worker")
                            ? "uvicorn_worker.UvicornWorker"
                            : "uvicorn.workers.UvicornWorker"));
        }
        if (build.module().isPresent() || !WSGI_APP.matcher(config).find()) {
            module.ifPresent(app -> words.add(app.name() + (app.isFactory() ? "()" : "")));
        }
        return words;
    }

    private static List<String> uvicorn(AppModule module, int port) {
        List<String> words = new ArrayList<>(List.of("uvicorn", "--host", "0.0.0.0", "--port", String.valueOf(port)));
        if (module.isFactory()) {
            words.add("--factory");
        }
        if (!module.isAsynchronous()) {
            words.addAll(List.of("--interface", "wsgi"));
        }
        words.add(module.name());
        return words;
    }

    private static int boundPort(String config) {
        Matcher bind = BIND.matcher(config);
        Matcher port = PORT.matcher(bind.find() ? bind.group(1) : "");
        return port.find() ? Integer.parseInt(port.group(1)) : USUAL_PORT;
    }
}
