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
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Django's {@code runserver}. Its banner goes to standard output, which Python holds back in a container unless PYTHONUNBUFFERED is
 * set ({@code python -u} does not reach the process that its reloader starts): a healthy one may say nothing of where it is bound. With its reloader it stays up when the app fails, and waits for a change.
 */
final class DjangoLog implements LogReader {
    private static final Pattern VERSION = Pattern.compile("Django version ([^,\\s]+), using settings .*");
    private static final Pattern WATCHING = Pattern.compile("Watching for file changes with \\w+Reloader");
    private static final Pattern BOUND =
            Pattern.compile("Starting (?:ASGI/Daphne version \\S+ )?development server at (https?://\\S+?)/?");
    private static final Pattern IN_USE = Pattern.compile(
            "Error: (That port is already in use\\.|That IP address can't be assigned to\\.|You don't have permission to access that port\\.)");
    private static final Pattern REQUEST_FAILED = Pattern.compile("Internal Server Error: (\\S+)");

    private boolean introduced;

    @Override
    public List<ServerEvent> read(Logged line) {
        String text = LogFormat.plain(line.text());
        if (text.length() > 4096) {
            return List.of();
        }
        return line.stream() == Stream.STDOUT ? banner(line, text) : complaint(line, text);
    }

    private List<ServerEvent> banner(Logged line, String text) {
        Matcher version = VERSION.matcher(text);
        if (version.matches()) {
            introduced = true;
            return List.of(new ServerStarting(line.at(), "django", version.group(1), OptionalInt.empty()));
        }
        Matcher bound = BOUND.matcher(text);
        return introduced && bound.matches()
                ? List.of(new ServerBound(line.at(), List.of(bound.group(1)), OptionalInt.empty()))
                : List.of();
    }

    private List<ServerEvent> complaint(Logged line, String text) {
        if (!introduced && WATCHING.matcher(text).matches()) {
            introduced = true;
            return List.of(new ServerStarting(line.at(), "django", "", OptionalInt.empty()));
        }
        if (text.equals("Exception in thread django-main-thread:")) {
            return List.of(new AppFailed(line.at(), text));
        }
        Matcher inUse = IN_USE.matcher(text);
        if (inUse.matches()) {
            return List.of(new BindFailed(line.at(), "", inUse.group(1), true));
        }
        Matcher request = REQUEST_FAILED.matcher(text);
        return request.matches() ? List.of(new RequestFailed(line.at(), request.group(1))) : List.of();
    }
}
