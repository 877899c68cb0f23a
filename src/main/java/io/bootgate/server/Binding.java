package io.bootgate.server;

import io.bootgate.source.shell.ShellScript;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which TCP ports a server will bind, as far as its command line, variables and configuration file tell. */
record Binding(StartCommand start, Map<String, String> files) {
    private static final Pattern LAST_PORT = Pattern.compile(".*:(\\d{1,5})/?");
    private static final Pattern CONFIG_BIND = Pattern.compile("(?m)^bind\\s*=\\s*(.*)$");
    private static final Pattern LITERAL_PORT = Pattern.compile(":(\\d{2,5})\\b");
    private static final Pattern ENVIRONMENT = Pattern.compile(
            "(?:environ\\.get|getenv)\\(\\s*[\"'](\\w+)[\"']\\s*(?:,\\s*[\"']?(\\d{1,5})[\"']?\\s*)?\\)|environ\\[\\s*[\"'](\\w+)[\"']\\s*]");

    List<Integer> ports() {
        List<String> said = switch (start.server()) {
            case GUNICORN -> gunicorn();
            case UVICORN -> List.of(last("--port").or(() -> env("UVICORN_PORT")).orElse("8000"));
            case HYPERCORN -> orElse(all("-b", "--bind"), "8000");
            case WAITRESS -> waitress();
            case UWSGI -> all("--http", "--http-socket", "--https", "--http11-socket", "-h");
            case FLASK ->
                List.of(last("--port", "-p").or(() -> env("FLASK_RUN_PORT")).orElse("5000"));
            case DJANGO -> List.of(address().orElse("8000"));
            case NONE, UNKNOWN -> List.of();
        };
        Set<Integer> ports = new LinkedHashSet<>();
        said.forEach(address -> port(address).ifPresent(ports::add));
        return List.copyOf(ports);
    }

    /** Gunicorn's own order: command line, GUNICORN_CMD_ARGS, configuration file, PORT, default. */
    private List<String> gunicorn() {
        List<String> asked = all("-b", "--bind");
        if (asked.isEmpty()) {
            List<String> more = ShellScript.words(env("GUNICORN_CMD_ARGS").orElse(""), Map.of(), List.of());
            asked = CommandOptions.values(more, "-b", "--bind");
        }
        if (asked.isEmpty()) {
            asked = fromConfiguration();
        }
        return orElse(asked, env("PORT").orElse("8000"));
    }

    private List<String> fromConfiguration() {
        String file = last("-c", "--config").orElse("gunicorn.conf.py").replaceFirst("^(file:)?(\\./)?", "");
        Optional<String> text = files.entrySet().stream()
                .filter(entry -> entry.getKey().equals(file) || entry.getKey().endsWith("/" + file))
                .map(Map.Entry::getValue)
                .findFirst();
        List<String> ports = new ArrayList<>();
        Matcher bind = CONFIG_BIND.matcher(text.orElse(""));
        if (bind.find()) {
            String value = bind.group(1);
            Matcher variable = ENVIRONMENT.matcher(value);
            while (variable.find()) {
                String name = variable.group(1) == null ? variable.group(3) : variable.group(1);
                ports.add(env(name).orElse(variable.group(2) == null ? "" : variable.group(2)));
            }
            Matcher literal = LITERAL_PORT.matcher(value);
            while (literal.find()) {
                ports.add(literal.group(1));
            }
        }
        return ports;
    }

    private List<String> waitress() {
        List<String> listens = new ArrayList<>();
        for (String listen : all("--listen")) {
            listens.addAll(List.of(listen.split(" ")));
        }
        return listens.isEmpty() ? List.of(last("--port").orElse("8080")) : listens;
    }

    /** The address of {@code runserver}, its only argument that is no option. */
    private Optional<String> address() {
        List<String> words = start.arguments();
        int command = words.indexOf("runserver");
        return words.subList(command + 1, words.size()).stream()
                .filter(word -> word.matches("(\\S+:)?\\d{1,5}"))
                .findFirst();
    }

    private Optional<Integer> port(String address) {
        Matcher last = LAST_PORT.matcher(address);
        String digits = address.matches("\\d{1,5}") ? address : last.matches() ? last.group(1) : "";
        if (digits.isEmpty() || address.startsWith("unix:")) {
            // Gunicorn, Hypercorn and the like take their default port where an address names none.
            boolean hostOnly = !address.isEmpty() && address.matches("[\\w.\\-]+") && start.server() == Server.GUNICORN;
            return hostOnly ? Optional.of(8000) : Optional.empty();
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port < 65536 ? Optional.of(port) : Optional.empty();
    }

    private Optional<String> env(String name) {
        return Optional.ofNullable(start.env().get(name)).filter(value -> !value.isEmpty());
    }

    private static List<String> orElse(List<String> asked, String otherwise) {
        return asked.isEmpty() ? List.of(otherwise) : asked;
    }

    private Optional<String> last(String... options) {
        List<String> values = all(options);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private List<String> all(String... options) {
        return CommandOptions.values(start.arguments(), options);
    }
}
