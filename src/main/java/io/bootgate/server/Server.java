package io.bootgate.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** A fresh reader for one boot. */
    public LogReader reader() {
        return line -> List.of();
    }

    /**
     * The server that a start command starts, looking through shells, {@code exec}, {@code env}, {@code python -m}, runners
     * ({@code uv run}, {@code poetry run}, {@code tini --}, {@code ddtrace-run} and the like).
     *
     * @param command entry point and arguments
     * @param scripts texts of entry scripts by the path as the command names it, where they could be read
     */
    public static Server detect(List<String> command, Map<String, String> scripts) {
        return UNKNOWN;
    }

    /** Ports that the command or the variables bind ({@code -b 0.0.0.0:9000}, PORT), else the server's default; may be empty. */
    public List<Integer> likelyPorts(List<String> command, Map<String, String> env, Map<String, String> scripts) {
        return List.of();
    }
}
