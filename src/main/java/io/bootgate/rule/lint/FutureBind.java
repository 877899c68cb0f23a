package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.server.CommandOptions;
import io.bootgate.server.Server;
import io.bootgate.server.StartCommand;
import io.bootgate.source.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server will listen.
 *
 * @param isDefault whether nothing says so and it is the server's own default
 * @param isSure whether no script that is not known may change it
 * @param place where it is said; the command if nothing says it
 */
record FutureBind(Server server, List<Address> addresses, boolean isDefault, boolean isSure, Location place) {
    private static final Pattern PROXIES = Pattern.compile(
            "\\b(?:nginx|caddy|haproxy|envoy|httpd|apache2\\w*|supervisord?|traefik|s6-svscan|socat|runsvdir|circusd|honcho|pm2)\\b");
    private static final Pattern CONFIG_BIND = Pattern.compile("(?m)^bind\\s*(?::\\s*\\w+\\s*)?=\\s*(.*)$");
    private static final Pattern LITERAL = Pattern.compile("\\[?\\s*[\"']([^\"'{}%]+)[\"']\\s*,?\\s*]?\\s*(?:#.*)?");
    private static final Pattern RUN_CALL =
            Pattern.compile("(?m)^[ \\t]*(?:\\w+\\.)*(app|application|server|uvicorn)\\.run\\(");

    /**
     * One address.
     *
     * @param written as it is shown: {@code 127.0.0.1:8000}
     */
    record Address(String written) {
        boolean isSocket() {
            return written.startsWith("unix:") || written.startsWith("fd:") || written.endsWith(".sock");
        }

        boolean isLoopback() {
            String host = written.replaceFirst("^\\w+://", "").replaceFirst(":\\d+/?$", "");
            return !isSocket() && host.matches("127(?:\\.\\d{1,3}){3}|(?i:localhost)|\\[?::1]?");
        }

        /** Empty if it names none. */
        String port() {
            Matcher port = Pattern.compile(".*:(\\d{1,5})/?").matcher(written);
            return !isSocket() && port.matches() ? port.group(1) : "";
        }
    }

    /** Empty if there is no server that is known, or what it binds cannot be told. */
    static Optional<FutureBind> of(FutureStart start) {
        Optional<StartCommand> server = start.server();
        Optional<SourceText> program = start.pythonProgram();
        if (program.isPresent() && (server.isEmpty() || server.get().arguments().isEmpty())) {
            return ofProgram(start, program.get());
        }
        return server.flatMap(found -> new Reading(start, found).read());
    }

    /** {@code app.run()} of Flask and {@code uvicorn.run()}, in the program that is started. */
    private static Optional<FutureBind> ofProgram(FutureStart start, SourceText program) {
        Matcher call = RUN_CALL.matcher(program.text());
        boolean flask = program.text().matches("(?s).*\\bimport Flask\\b.*|.*\\bflask\\.Flask\\(.*");
        if (!call.find()) {
            return Optional.empty();
        }
        boolean uvicorn = call.group(1).equals("uvicorn");
        int close = program.text().indexOf(')', call.end());
        if (close < 0 || (!uvicorn && !flask)) {
            return Optional.empty();
        }
        String arguments = program.text().substring(call.end(), close);
        String host = argument(arguments, "host", "127.0.0.1");
        String port = argument(arguments, "port", uvicorn ? "8000" : "5000");
        int line = (int) program.text().substring(0, call.end()).lines().count();
        boolean positional = !uvicorn && arguments.matches("(?s)\\s*[^=,\\s]+\\s*(?:,.*)?");
        if (host.isEmpty() || arguments.contains("**") || arguments.contains("uds") || positional) {
            return Optional.empty();
        }
        return Optional.of(new FutureBind(
                uvicorn ? Server.UVICORN : Server.FLASK,
                List.of(new Address(host + (port.isEmpty() ? "" : ":" + port))),
                !arguments.matches("(?s).*\\bhost\\s*=.*"),
                start.known() && start.scripts().keySet().stream().allMatch(name -> name.endsWith(".py")),
                Location.of(program.path(), line)));
    }

    /** The literal value of a keyword argument; empty if it is no literal. */
    private static String argument(String arguments, String name, String otherwise) {
        Matcher given = Pattern.compile("\\b" + name + "\\s*=\\s*([^,]*)").matcher(arguments);
        if (!given.find()) {
            return otherwise;
        }
        Matcher literal = Pattern.compile("[\"']([^\"']*)[\"']|(\\d+)")
                .matcher(given.group(1).strip());
        return literal.matches()
                ? Optional.ofNullable(literal.group(1))
                        .orElse(Optional.ofNullable(literal.group(2)).orElse(""))
                : "";
    }

    /** The ports that are bound. */
    List<Integer> ports() {
        Set<Integer> ports = new LinkedHashSet<>();
        addresses.stream()
                .map(Address::port)
                .filter(port -> !port.isEmpty())
                .map(Integer::parseInt)
                .filter(port -> port > 0 && port < 65536)
                .forEach(ports::add);
        return List.copyOf(ports);
    }

    /** What to write instead. */
    String advice(String port) {
        String number = port.isEmpty() ? "8000" : port;
        return switch (server) {
            case UVICORN, FLASK -> place.path().orElse("").endsWith(".py") ? "host=\"0.0.0.0\"" : "--host 0.0.0.0";
            case DJANGO -> "runserver 0.0.0.0:" + number;
            case WAITRESS -> "--listen 0.0.0.0:" + number;
            default ->
                place.path().orElse("").endsWith(".py")
                        ? "bind = \"0.0.0.0:" + number + "\""
                        : "--bind 0.0.0.0:" + number;
        };
    }

    /** Whether something else in the container may take the requests: then loopback and sockets are right. */
    static boolean hasProxy(FutureStart start) {
        boolean group = start.project()
                .request()
                .deployment()
                .filter(deployment -> deployment.containers().size() > 1)
                .isPresent();
        return group || PROXIES.matcher(start.allText()).find();
    }

    /** The TCP ports of EXPOSE. */
    static List<Integer> exposed(FutureStart start) {
        Set<Integer> ports = new LinkedHashSet<>();
        start.stage().exposes().stream()
                .flatMap(expose -> expose.words().stream())
                .flatMap(word -> start.stage().expand(word).stream())
                .forEach(word -> {
                    Matcher port = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/tcp)?")
                            .matcher(word);
                    if (port.matches()) {
                        int first = Integer.parseInt(port.group(1));
                        int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
                        for (int number = first; number <= Math.min(last, first + 100); number++) {
                            ports.add(number);
                        }
                    }
                });
        return List.copyOf(ports);
    }

    /** Reads the command line of one server. */
    private record Reading(FutureStart start, StartCommand command) {
        Optional<FutureBind> read() {
            return switch (command.server()) {
                case GUNICORN -> gunicorn();
                case UVICORN ->
                    hostAndPort("UVICORN_HOST", "UVICORN_PORT", "8000", List.of("--host"), List.of("--port"));
                case FLASK ->
                    hostAndPort(
                            "FLASK_RUN_HOST",
                            "FLASK_RUN_PORT",
                            "5000",
                            List.of("--host", "-h"),
                            List.of("--port", "-p"));
                case HYPERCORN ->
                    all("-b", "--bind").isEmpty()
                            ? configured("-c", "--config") || start.allText().contains("quart")
                                    ? Optional.empty()
                                    : byDefault("127.0.0.1:8000")
                            : said(all("-b", "--bind"));
                case WAITRESS -> waitress();
                case DJANGO -> django();
                case UWSGI -> said(all("--http", "--http-socket"));
                case NONE, UNKNOWN -> Optional.empty();
            };
        }

        private Optional<FutureBind> gunicorn() {
            List<String> given = all("-b", "--bind");
            if (!given.isEmpty()) {
                return said(given);
            }
            String more = env("GUNICORN_CMD_ARGS");
            List<String> words = Arrays.asList(more.split("\\s+"));
            List<String> byVariable = CommandOptions.values(words, "-b", "--bind");
            if (!byVariable.isEmpty()) {
                Location place = start.dockerfile()
                        .flatMap(source -> Texts.last(source.text(), byVariable.get(0)))
                        .orElseGet(start::place);
                return bind(byVariable, false, place);
            }
            List<String> named = new ArrayList<>(all("-c", "--config"));
            named.addAll(CommandOptions.values(words, "-c", "--config"));
            String name = named.isEmpty()
                    ? "gunicorn.conf.py"
                    : named.get(named.size() - 1).replaceFirst("^file:", "");
            String path = start.stage().resolve(name.startsWith("/") ? name : folder() + "/" + name);
            Optional<SourceText> config = start.sourceOf(path);
            if (config.isEmpty()
                    && (!named.isEmpty() || start.stage().file(path).isPresent() || !start.known())) {
                return Optional.empty();
            }
            Matcher bind = CONFIG_BIND.matcher(config.map(SourceText::text).orElse(""));
            if (bind.find()) {
                Matcher literal = LITERAL.matcher(bind.group(1));
                String value = literal.matches() ? literal.group(1) : "";
                return value.isEmpty()
                        ? Optional.empty()
                        : Texts.last(config.orElseThrow(), value).flatMap(place -> bind(List.of(value), false, place));
            }
            boolean hidden = config.filter(
                            text -> text.text().matches("(?s).*\\b(?:bind|exec|globals|import \\*)\\b.*"))
                    .isPresent();
            if (hidden || !env("PORT").isEmpty()) {
                return hidden ? Optional.empty() : bind(List.of("0.0.0.0:" + env("PORT")), true, start.place());
            }
            return byDefault("127.0.0.1:8000");
        }

        private String folder() {
            List<String> changed = all("--chdir");
            return changed.isEmpty() ? start.workdir() : start.stage().resolve(changed.get(changed.size() - 1));
        }

        private Optional<FutureBind> hostAndPort(
                String hostVariable, String portVariable, String defaultPort, List<String> hosts, List<String> ports) {
            if (configured("--uds", "--fd")) {
                return said(all("--uds").stream().map(path -> "unix:" + path).toList());
            }
            List<String> host = all(hosts.toArray(String[]::new));
            List<String> port = all(ports.toArray(String[]::new));
            String number = port.isEmpty()
                    ? env(portVariable).isEmpty() ? defaultPort : env(portVariable)
                    : port.get(port.size() - 1);
            boolean open = start.allText().matches("(?s).*\\bfastapi[\\s\"',]+run\\b.*");
            if (host.isEmpty() && !env(hostVariable).isEmpty()) {
                return bind(List.of(env(hostVariable) + ":" + number), false, start.place());
            }
            if (host.isEmpty()) {
                boolean dotenv = start.stage().files().stream()
                        .anyMatch(file -> file.name().matches("\\.flaskenv|\\.env"));
                return dotenv
                        ? Optional.empty()
                        : open
                                ? bind(List.of("0.0.0.0:" + number), true, start.place())
                                : byDefault("127.0.0.1:" + number);
            }
            String last = host.get(host.size() - 1);
            return last.isEmpty()
                    ? Optional.empty()
                    : bind(List.of(last + ":" + number), false, start.place(last, "--host"));
        }

        private Optional<FutureBind> waitress() {
            List<String> listens = all("--listen");
            if (!listens.isEmpty()) {
                return said(listens);
            }
            List<String> host = all("--host");
            List<String> port = all("--port");
            String number = port.isEmpty() ? "8080" : port.get(port.size() - 1);
            return host.isEmpty()
                    ? byDefault("0.0.0.0:" + number)
                    : bind(List.of(host.get(0) + ":" + number), false, start.place(host.get(0)));
        }

        private Optional<FutureBind> django() {
            List<String> words = command.arguments();
            List<String> rest = words.subList(words.indexOf("runserver") + 1, words.size());
            Optional<String> address =
                    rest.stream().filter(word -> !word.startsWith("-")).findFirst();
            if (address.isEmpty()) {
                return rest.stream().anyMatch(word -> word.startsWith("--settings"))
                        ? Optional.empty()
                        : byDefault("127.0.0.1:8000");
            }
            return address.get().matches("\\d+")
                    ? bind(List.of("127.0.0.1:" + address.get()), false, start.place(address.get()))
                    : said(List.of(address.get()));
        }

        private Optional<FutureBind> said(List<String> values) {
            return values.isEmpty()
                    ? Optional.empty()
                    : bind(values, false, start.place(values.get(0), "--bind", "-b"));
        }

        private Optional<FutureBind> byDefault(String address) {
            return bind(List.of(address), true, start.place(command.server().id()));
        }

        private Optional<FutureBind> bind(List<String> values, boolean byDefault, Location place) {
            List<Address> addresses = new ArrayList<>();
            for (String value : values) {
                for (String part : value.split("[,\\s]+", -1)) {
                    boolean clear = part.matches(
                            "unix:.+|fd://\\d+|(?:[\\w.*-]*|\\[[0-9a-fA-F:]+]):\\d{1,5}|localhost|127\\.0\\.0\\.1");
                    if (!clear) {
                        return Optional.empty();
                    }
                    addresses.add(new Address(part));
                }
            }
            return Optional.of(
                    new FutureBind(command.server(), addresses, byDefault, !start.hasUnknownScript(), place));
        }

        private boolean configured(String... options) {
            return !all(options).isEmpty();
        }

        private String env(String name) {
            return Map.copyOf(command.env()).getOrDefault(name, start.env().getOrDefault(name, ""));
        }

        private List<String> all(String... options) {
            return CommandOptions.values(command.arguments(), options);
        }
    }
}
