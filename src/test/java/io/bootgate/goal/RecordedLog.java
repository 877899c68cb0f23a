package io.bootgate.goal;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** Keeps what a goal logs: {@code INFO text}. */
final class RecordedLog extends SystemStreamLog implements Log {
    final List<String> lines = new ArrayList<>();

    @Override
    public void debug(CharSequence text) {
        lines.add("DEBUG " + text);
    }

    @Override
    public void info(CharSequence text) {
        lines.add("INFO " + text);
    }

    @Override
    public void warn(CharSequence text) {
        lines.add("WARN " + text);
    }

    @Override
    public void error(CharSequence text) {
        lines.add("ERROR " + text);
    }
}
