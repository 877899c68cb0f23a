package io.bootgate.server;

import io.bootgate.timeline.BootEvent.AppFailed;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.BootEvent.RequestFailed;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.ServerEvent;
import io.bootgate.timeline.BootEvent.ServerStarting;
import io.bootgate.timeline.Stream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flask's development server, which is Werkzeug's. Flask introduces it on standard output, Werkzeug says on standard error where it
 * is bound: all addresses in one line, and then one line for each address by which it is reached.
 */
final class FlaskLog implements LogReader {
    private static final Pattern STARTING = Pattern.compile(" \\* Serving Flask app .*");
    private static final Pattern ALL_ADDRESSES = Pattern.compile(" \\* Running on all addresses(?: \\((.*)\\))?\\.?");
    private static final Pattern RUNNING =
            Pattern.compile("(?:INFO:werkzeug:)? \\* Running on (https?://\\S+?)/?(?: \\(Press CTRL\\+C to quit\\))?");
    private static final Pattern PORT = Pattern.compile(".*:(\\d+)");
    private static final Pattern IN_USE = Pattern.compile("Port (\\d+) is in use by another program\\..*");
    private static final Pattern APP_FAILED = Pattern.compile(
            "Error: (While importing '.*', an ImportError was raised:|Could not import '.*'\\.|Failed to find .*|Could not locate a Flask application.*)");
    private static final Pattern REQUEST_FAILED =
            Pattern.compile("\\[.*] ERROR in \\S+: Exception on (\\S+) \\[(\\w+)]");

    private boolean started;
    private Optional<String> allAddresses = Optional.empty();
    private boolean boundToAll;

    @Override
    public List<ServerEvent> read(Logged line) {
        String text = LogFormat.plain(line.text());
        if (text.length() > 4096) {
            return List.of();
        }
        return line.stream() == Stream.STDOUT ? introduction(line, text) : announcement(line, text);
    }

    private List<ServerEvent> introduction(Logged line, String text) {
        // The process that reloads and the one that serves both say it.
        if (started || !STARTING.matcher(text).matches()) {
            return List.of();
        }
        started = true;
        return List.of(new ServerStarting(line.at(), "flask", "", OptionalInt.empty()));
    }

    private List<ServerEvent> announcement(Logged line, String text) {
        Matcher all = ALL_ADDRESSES.matcher(text);
        if (all.matches()) {
            String host = all.group(1) == null ? "0.0.0.0" : all.group(1);
            allAddresses = Optional.of(host.contains(":") ? "[" + host + "]" : host);
            return List.of();
        }
        Matcher running = RUNNING.matcher(text);
        if (running.matches()) {
            return bound(line, running.group(1));
        }
        Matcher inUse = IN_USE.matcher(text);
        if (inUse.matches()) {
            return List.of(new BindFailed(line.at(), ":" + inUse.group(1), "Address already in use", true));
        }
        Matcher failed = APP_FAILED.matcher(text);
        if (failed.matches()) {
            return List.of(new AppFailed(line.at(), failed.group(1)));
        }
        Matcher request = REQUEST_FAILED.matcher(text);
        return request.matches()
                ? List.of(new RequestFailed(line.at(), request.group(2) + " " + request.group(1)))
                : List.of();
    }

    private List<ServerEvent> bound(Logged line, String url) {
        if (boundToAll) {
            return List.of();
        }
        Matcher port = PORT.matcher(url);
        String address = url;
        if (allAddresses.isPresent() && port.matches()) {
            boundToAll = true;
            address = url.substring(0, url.indexOf("://") + 3) + allAddresses.get() + ":" + port.group(1);
        }
        return List.of(new ServerBound(line.at(), List.of(address), OptionalInt.empty()));
    }
}
