package io.bootgate.server;

import io.bootgate.timeline.BootEvent.ServerEvent;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message that a server logs, and what it means. The pattern is for the whole message. */
record Wording(Pattern pattern, BiFunction<LogEntry, Matcher, List<ServerEvent>> meaning) {

    static Wording of(String pattern, BiFunction<LogEntry, Matcher, List<ServerEvent>> meaning) {
        return new Wording(Pattern.compile(pattern), meaning);
    }

    /** What the first of these that fits says about the entry; nothing if none fits. */
    static List<ServerEvent> meaning(List<Wording> wordings, LogEntry entry) {
        for (Wording wording : wordings) {
            Matcher words = wording.pattern.matcher(entry.message());
            if (words.matches()) {
                return wording.meaning.apply(entry, words);
            }
        }
        return List.of();
    }
}
