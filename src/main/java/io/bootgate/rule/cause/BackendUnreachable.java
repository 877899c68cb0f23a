package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A database, broker or other service that the application wants at start refuses, is not found, or does not answer. */
final class BackendUnreachable implements CauseRule {
    private static final Set<String> ALWAYS = Set.of(
            "ConnectionRefusedError",
            "ConnectionResetError",
            "ConnectionAbortedError",
            "gaierror",
            "herror",
            "ServerSelectionTimeoutError",
            "NoBrokersAvailable",
            "KafkaConnectionError",
            "AMQPConnectionError",
            "NewConnectionError",
            "NameResolutionError",
            "MaxRetryError",
            "ConnectTimeoutError",
            "ConnectionTimeout",
            "ConnectError",
            "ConnectTimeout",
            "ClientConnectorError",
            "ClientConnectorDNSError",
            "EndpointConnectionError",
            "ServerNotFoundError",
            "SERVER_DOWN",
            "CannotConnectNowError",
            "AutoReconnect",
            "BusyLoadingError",
            "LDAPSocketOpenError",
            "NoHostAvailable",
            "NoServersError",
            "IncompatibleProtocolError",
            "ChannelConnectError");
    private static final Set<String> OFTEN = Set.of(
            "OperationalError",
            "ConnectionError",
            "TimeoutError",
            "InterfaceError",
            "DatabaseError",
            "OSError",
            "timeout",
            "URLError",
            "InternalError",
            "Error",
            "ConnectionFailure",
            "TransportError",
            "RuntimeError",
            "error",
            "Exception",
            "ConnectionDoesNotExistError",
            "InvalidPasswordError",
            "InvalidCatalogNameError",
            "ProgrammingError",
            "AuthenticationError");
    private static final Pattern SAID = Pattern.compile(
            "(?i)connection refused|connect call failed|could not connect|couldn't connect|cannot connect|can't connect|failed to connect"
                    + "|unable to connect|connection to server|is the server running|could not translate host name|name or service not known"
                    + "|temporary failure in name resolution|name resolution|nodename nor servname|no address associated|getaddrinfo failed"
                    + "|no route to host|network is unreachable|connection timed out|timeout expired|timed out|connecting to [\\w.-]+:\\d+"
                    + "|\\[errno (?:-[235]|101|104|110|111|113)\\]|server closed the connection|connection reset by peer|unknown mysql server host"
                    + "|lost connection to mysql|password authentication failed|access denied for user|authentication failed"
                    + "|no pg_hba\\.conf entry|database \"[^\"]+\" does not exist|dpy-6005|no such host|ora-12|server selection");
    private static final Pattern REFUSES = Pattern.compile(
            "(?i)password authentication failed|access denied for user|authentication failed|no pg_hba\\.conf entry|database \"[^\"]+\" does not exist");
    private static final Pattern HOST = Pattern.compile("host='([^']+)', port=(\\d+)"
            + "|server at \"([^\"]+)\"(?: \\([^)]*\\))?, port (\\d+)"
            + "|host \"([^\"]+)\"(?: \\([^)]*\\))? and accepting\\s+TCP/IP connections on port (\\d+)"
            + "|MySQL server on '([^':]+)(?::(\\d+))?'"
            + "|host name \"([^\"]+)\"|MySQL server host '([^']+)'"
            + "|connect(?:ing|ion)? to (?:host )?([\\w.-]+):(\\d+)"
            + "|\\('([\\w.:-]+)', (\\d+)"
            + "|\\[?\"?'?([\\w.-]+):(\\d{2,5}):? (?:\\[Errno|\\(|connection refused|no response)"
            + "|(?:for|waiting for|dial tcp:? lookup|dial tcp) ([\\w.-]+):(\\d+)"
            + "|\\b([a-z][\\w-]*(?:\\.[\\w-]+)*):(\\d{2,5})\\b");
    private static final Pattern IN_SOURCE = Pattern.compile(
            "\\(?\\s*[\"']([\\w.-]+)[\"'],\\s*(?:port=)?(\\d+)|://(?:[^@\"'\\s]*@)?([\\w.-]+)(?::(\\d+))?");
    private static final Pattern SCRIPT = Pattern.compile(
            "(?i)timeout occurred after waiting \\d+ seconds for \\S+|^\\S*:\\d+ - no response|psql: error: .*|pg_isready.*no response"
                    + "|Problem with dial: .*|Operation timed out.*|(?:nc|netcat|ncat|telnet|curl|wget|redis-cli|mysql|mysqladmin|mongosh?).*(?:refused|not known|resolve|timed out|can't connect|failed to connect|bad address).*"
                    + "|could not (?:connect to server|translate host name).*|(?:database|postgres|postgresql|mysql|redis|rabbitmq|mongo|db|broker|kafka)\\b.{0,40}\\b(?:is )?(?:unavailable|not ready|not available|unreachable|refused|is not up).*"
                    + "|waiting for (?:the )?(?:database|postgres|postgresql|mysql|redis|rabbitmq|mongo\\w*|db|broker|kafka)\\b.*");
    private static final Pattern CONNECTS =
            Pattern.compile("connect\\(|create_connection|create_unix_connection|open_unix_connection|getaddrinfo");

    @Override
    public CauseId id() {
        return CauseId.BACKEND_UNREACHABLE;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.raised().stream()
                .filter(BackendUnreachable::isUnreachable)
                .findFirst()
                .map(this::finding)
                .or(() -> script(symptoms))
                .or(() -> lastWords(symptoms));
    }

    /** Whether the exception came up while something was connected to. */
    static boolean isConnecting(Raised raised) {
        return raised.exception()
                        .lastFrame()
                        .map(f -> CONNECTS.matcher(f.source()).find())
                        .orElse(false)
                || raised.message().contains(".sock'");
    }

    private static boolean isUnreachable(Raised raised) {
        Traceback exception = raised.exception();
        boolean binds = exception
                .lastFrame()
                .map(f -> f.source().contains(".bind(") || f.source().contains("create_server"))
                .orElse(false);
        if (binds || raised.message().contains("unable to open database file")) {
            return false;
        }
        return ALWAYS.contains(exception.name())
                || (OFTEN.contains(exception.name())
                        && SAID.matcher(raised.message()).find())
                || (exception.name().equals("ConnectionError")
                        && !raised.message().isEmpty())
                || (raised.is("TimeoutError", "timeout", "FileNotFoundError") && isConnecting(raised));
    }

    private Finding finding(Raised raised) {
        String host = host(raised);
        boolean refuses = REFUSES.matcher(raised.message()).find();
        String what = host.isEmpty() ? "A service that is needed at start" : host;
        String detail = refuses
                ? "%s rejects the login at start: %s."
                        .formatted(what, raised.exception().summary())
                : "%s cannot be reached at start: %s."
                        .formatted(what, raised.exception().summary());
        Finding found = certain(detail, raised.evidence(), raised.place(), fix(host, refuses));
        return refuses ? likely(detail, found.evidence(), found.location(), found.fix()) : found;
    }

    private static String fix(String host, boolean refuses) {
        if (refuses) {
            return "Correct user, password and database name in the connection's variables.";
        }
        String local = host.startsWith("localhost") || host.startsWith("127.") || host.startsWith("::1")
                ? "Inside a container localhost is the container itself: set the host to where the service really is"
                : "Let the gate reach it (<network> with the service running, or the right host in <env>)";
        return local + ", or connect on first use instead of at import, so that the service comes up without it.";
    }

    private static String host(Raised raised) {
        for (Traceback exception : raised.whole().chain()) {
            String host = firstPair(HOST.matcher(exception.message()));
            if (!host.isEmpty()) {
                return host;
            }
        }
        return raised.appFrame()
                .map(f -> firstPair(IN_SOURCE.matcher(f.source())))
                .orElse("");
    }

    private static String firstPair(Matcher matcher) {
        if (!matcher.find()) {
            return "";
        }
        StringBuilder pair = new StringBuilder();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                pair.append(pair.length() == 0 ? "" : ":").append(matcher.group(group));
            }
        }
        return pair.toString();
    }

    // An entry script that waits: with no server ever started, what it says it waits for is the cause.
    private Optional<Finding> script(Symptoms symptoms) {
        boolean neverStarted = !symptoms.timeline().has(BootEvent.ServerStarting.class)
                && !symptoms.timeline().has(BootEvent.ServerBound.class);
        boolean over = symptoms.hasEnded() || symptoms.verdict().reason() == Reason.TIMED_OUT;
        if (!neverStarted || !over || !symptoms.failures().isEmpty()) {
            return Optional.empty();
        }
        return symptoms.last(SCRIPT).map(match -> {
            List<Evidence> evidence = List.of(match.line().evidence());
            String host = firstPair(HOST.matcher(match.line().text()));
            return likely(
                    "%s cannot be reached: %s"
                            .formatted(
                                    host.isEmpty() ? "A service that is waited for" : host,
                                    match.line().text().strip()),
                    evidence,
                    Optional.empty(),
                    fix(host, false));
        });
    }

    // An application that tries for a while, says why it can't, and ends the process itself.
    private Optional<Finding> lastWords(Symptoms symptoms) {
        if (!symptoms.hasEnded() || !symptoms.failures().isEmpty()) {
            return Optional.empty();
        }
        return symptoms.lines().stream()
                .filter(line -> !line.isBlank() && !BootFailures.isOfTheServer(line))
                .reduce((earlier, later) -> later)
                .filter(line -> SAID.matcher(line.text()).find())
                .map(line -> {
                    String host = firstPair(HOST.matcher(line.text()));
                    return likely(
                            "%s cannot be reached, and the application gives up: %s"
                                    .formatted(
                                            host.isEmpty() ? "A service that is needed at start" : host,
                                            line.text().strip()),
                            List.of(line.evidence()),
                            Optional.empty(),
                            fix(host, false));
                });
    }
}
