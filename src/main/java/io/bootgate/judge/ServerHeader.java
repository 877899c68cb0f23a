package io.bootgate.judge;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the Server header of an answer tells about who answered. */
public final class ServerHeader {

    /** Words by which each server names itself, the ones of its worker classes included. */
    private static final Map<String, List<String>> OWN = Map.of(
            "gunicorn", List.of("gunicorn", "uvicorn", "hypercorn", "tornado", "gevent"),
            "uvicorn", List.of("uvicorn"),
            "hypercorn", List.of("hypercorn"),
            "waitress", List.of("waitress"),
            "uwsgi", List.of("uwsgi"),
            "flask", List.of("werkzeug"),
            "django", List.of("wsgiserver", "daphne"));

    /** Words of programs that serve HTTP beside a server, to answer a port while the server does not. */
    private static final List<String> OTHERS =
            List.of("simplehttp", "basehttp", "wsgiserver", "werkzeug", "gunicorn", "uvicorn", "hypercorn", "waitress");

    private ServerHeader() {}

    /** Whether the header names this server. */
    static boolean isOwn(String server, String header) {
        String words = header.toLowerCase(Locale.ROOT);
        return OWN.getOrDefault(server, List.of()).stream().anyMatch(words::contains);
    }

    /** Whether the header names another program that is known, and not this server. An app can set any other header. */
    public static boolean isForeign(String server, String header) {
        String words = header.toLowerCase(Locale.ROOT);
        return OWN.containsKey(server)
                && !isOwn(server, header)
                && OTHERS.stream().anyMatch(words::contains);
    }
}
