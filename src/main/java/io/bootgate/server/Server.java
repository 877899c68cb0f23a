package io.bootgate.server;

import io.bootgate.timeline.Stream;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The servers that Bootgate recognises. */
public enum Server {
    GUNICORN,
    UVICORN,
    HYPERCORN,
    WAITRESS,
    UWSGI,
    FLASK,
    DJANGO,
    /** The user said that there is no server to recognise: a port that answers is enough. */
    NONE,
    /** Nothing was recognised yet. Its log reader turns into the one of the first server whose banner it sees. */
    UNKNOWN;

    /** The name used in configuration, reports and {@link io.bootgate.timeline.Boot#server()}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A fresh reader for one boot, of which the command is not known: the server's own format is believed on its own stream. */
    public LogReader reader() {
        return reader(false);
    }

    /** A fresh reader for one boot; where the command sends standard error to standard output, both streams are believed. */
    public LogReader reader(List<String> command, Map<String, String> scripts) {
        return reader(StartCommand.mergesStreams(command, scripts));
    }

    private LogReader reader(boolean merged) {
        Set<Stream> streams = merged ? EnumSet.allOf(Stream.class) : EnumSet.of(Stream.STDERR);
        return switch (this) {
            case GUNICORN -> new GunicornLog(streams);
            case UVICORN -> new UvicornLog(streams);
            case HYPERCORN -> new HypercornLog(streams);
            case WAITRESS -> new WaitressLog(streams);
            case UWSGI -> new UwsgiLog();
            case FLASK -> new FlaskLog();
            case DJANGO -> new DjangoLog();
            case NONE -> line -> List.of();
            case UNKNOWN ->
                new FirstBanner(List.of(GUNICORN, UVICORN, HYPERCORN, WAITRESS, UWSGI, FLASK, DJANGO).stream()
                        .map(server -> server.reader(merged))
                        .toList());
        };
    }

    /**
     * The server that a start command starts, looking through shells, {@code exec}, {@code env}, {@code python -m}, runners
     * ({@code uv run}, {@code poetry run}, {@code tini --}, {@code ddtrace-run} and the like). {@link #UNKNOWN} if nothing known is
     * started, or if branches of a script start different servers.
     *
     * @param command entry point and arguments
     * @param scripts texts of entry scripts by the path as the command names it, where they could be read
     */
    public static Server detect(List<String> command, Map<String, String> scripts) {
        return StartCommand.of(command, Map.of(), scripts)
                .map(StartCommand::server)
                .orElse(UNKNOWN);
    }

    /**
     * Ports that the command or the variables bind ({@code -b 0.0.0.0:9000}, PORT), else the server's default. Empty if it binds no
     * TCP port, or if nothing is known.
     *
     * @param scripts as for {@link #detect}, and {@code gunicorn.conf.py} under its name, where it could be read
     */
    public List<Integer> likelyPorts(List<String> command, Map<String, String> env, Map<String, String> scripts) {
        Optional<StartCommand> start = StartCommand.of(command, env, scripts);
        return start.map(found -> new Binding(found, scripts).ports()).orElse(List.of());
    }
}
