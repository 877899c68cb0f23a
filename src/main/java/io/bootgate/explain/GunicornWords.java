package io.bootgate.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gunicorn's own words in a format that somebody configured, an old version had, or a copy has lost the front of. Put into the
 * format that the reader of its log believes: the words are so much Gunicorn's that nobody else writes a whole line of them.
 * The gate does not do so, because there the format is known from the first line on.
 */
final class GunicornWords {
    private static final Pattern OWN_FORMAT =
            Pattern.compile("^\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] \\[\\d+] \\[[A-Z]+] .*");
    private static final Pattern PID = Pattern.compile("\\[(\\d{1,9})\\]");
    private static final Pattern LEVEL = Pattern.compile("\\b(DEBUG|INFO|WARNING|ERROR|CRITICAL)\\b");
    private static final String WORKERS_OWN =
            "Booting worker with pid: (?<booting>\\d{1,9})|Exception in worker process|Worker exiting \\(pid: (?<exiting>\\d{1,9})\\)";
    private static final Pattern WORDS = Pattern.compile("(?:^|[\\s\\]|:>-])("
            + "(?<workers>" + WORKERS_OWN + ")"
            + "|Starting gunicorn \\d[\\w.+]*|Listening at: \\S+ \\(\\d{1,9}\\)|Using worker: [\\w.]+"
            + "|WORKER TIMEOUT \\(pid:\\d{1,9}\\)|Worker with pid \\d{1,9} was terminated due to signal \\d{1,3}"
            + "|Worker \\(pid:\\d{1,9}\\) was sent (?:SIG\\w+|code \\d+|signal \\d+)!(?: Perhaps out of memory\\?)?"
            + "|Worker \\(pid:\\d{1,9}\\) exited with code \\d{1,3}\\.?"
            + "|Shutting down: Master|Reason: (?:Worker failed to boot|App failed to load)\\."
            + "|Connection in use: \\(.*\\)|Can't connect to \\(.*\\)|Handling signal: \\w+"
            + "|Autorestarting worker after current request\\.)$");
    private static final int LONGEST_FRONT = 160;

    /** The process that wrote the line, where it does not say so, is the one that was made last. */
    private int lastWorker;

    private int master = 1;
    private boolean ownFormatSeen;

    /** The line as Gunicorn writes it by default; the same line if it is none of its, or already is. */
    String inOwnFormat(String text) {
        ownFormatSeen |= OWN_FORMAT.matcher(text).matches();
        // Who writes in the one format does not change to another: then it is an app that prints the like.
        if (ownFormatSeen || text.length() > LONGEST_FRONT * 4) {
            return text;
        }
        String line = text.startsWith("{") ? message(text) : text.stripTrailing();
        Matcher words = WORDS.matcher(line);
        if (!words.find() || words.start(1) > LONGEST_FRONT || isQuotation(line.substring(0, words.start(1)))) {
            return text;
        }
        String front = line.substring(0, words.start(1));
        // Without any front it may be what an app prints; with a dotted logger or a level it is a log's line.
        if (front.isBlank() && text.equals(line)) {
            return text;
        }
        Matcher level = LEVEL.matcher(front);
        return "[1970-01-01 00:00:00 +0000] [%d] [%s] %s"
                .formatted(pid(words, front), level.find() ? level.group(1) : "INFO", words.group(1));
    }

    private int pid(Matcher words, String front) {
        if (words.group("booting") != null) {
            lastWorker = Integer.parseInt(words.group("booting"));
            return lastWorker;
        }
        if (words.group("exiting") != null) {
            return Integer.parseInt(words.group("exiting"));
        }
        Optional<Integer> signed = signature(front);
        if (words.group("workers") != null) {
            return signed.orElse(lastWorker);
        }
        if (words.group(1).startsWith("Starting gunicorn") || words.group(1).startsWith("Listening at")) {
            master = signed.orElse(1);
        }
        return signed.orElse(master);
    }

    private static Optional<Integer> signature(String front) {
        Matcher pid = PID.matcher(front);
        return pid.find() ? Optional.of(Integer.parseInt(pid.group(1))) : Optional.empty();
    }

    private static boolean isQuotation(String front) {
        return front.contains("\"") || front.contains("'") || front.contains("`");
    }

    private static String message(String json) {
        List<String> inner = JsonLine.messageOf(json);
        return inner.isEmpty() ? json : inner.get(0);
    }
}
