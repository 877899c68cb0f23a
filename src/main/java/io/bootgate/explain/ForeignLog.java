package io.bootgate.explain;

import io.bootgate.gate.Secrets;
import io.bootgate.timeline.BootEvent.Exited;
import io.bootgate.timeline.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A log from elsewhere, taken in line by line, however long it is; explained when it has ended. */
public final class ForeignLog {
    /** A log names few sources; what looks like more is text with a bar in it. */
    private static final int MOST_SOURCES = 16;

    private static final int LARGEST_DOCUMENT = 4 << 20;

    /** How {@code kubectl get -o yaml} and {@code az container show -o yaml} begin. */
    private static final Pattern YAML =
            Pattern.compile("^(?:apiVersion|kind|metadata|status|containers|containerStatuses|instanceView|items): ?");

    private final String name;
    private final Map<String, KeptLines> sources = new LinkedHashMap<>();
    private final LoggedSecrets secrets;
    private String latest = "";
    private final StringBuilder document = new StringBuilder();
    private boolean mayBeADocument = true;
    private boolean isYaml;
    private long number;

    /**
     * An empty log.
     *
     * @param name of what is explained where the log names no sources
     * @param secrets which names are secret; values that the log itself sets under such names are learned
     */
    public ForeignLog(String name, Secrets secrets) {
        this.name = name;
        this.secrets = new LoggedSecrets(secrets);
    }

    public void add(String line) {
        number++;
        keepDocument(line);
        for (String text : JsonLine.unwrapped(Wrapping.plain(line))) {
            Wrapping unwrapped = Wrapping.of(text);
            for (String inner : JsonLine.unwrapped(unwrapped.text())) {
                secrets.learn(inner);
                SourceLine kept = new SourceLine(number, unwrapped.platform(), unwrapped.time(), inner);
                keptLines(unwrapped).add(kept);
            }
        }
    }

    /** A document of JSON spreads over lines that mean nothing each; a line of JSON that is whole is a line of a log. */
    private void keepDocument(String line) {
        if (!mayBeADocument || (document.isEmpty() && line.isBlank())) {
            return;
        }
        boolean begins = document.isEmpty();
        isYaml |= begins && YAML.matcher(line).find();
        document.append(Wrapping.plain(line)).append('\n');
        mayBeADocument =
                document.length() <= LARGEST_DOCUMENT && (!begins || isYaml || "{[\"".indexOf(document.charAt(0)) >= 0);
        if (!mayBeADocument) {
            document.setLength(0);
        }
    }

    private KeptLines keptLines(Wrapping line) {
        String source = line.source();
        if (line.platform() && !sources.containsKey(source)) {
            source = latest;
        }
        if (!sources.containsKey(source) && sources.size() >= MOST_SOURCES) {
            source = "";
        }
        if (!line.platform()) {
            latest = source;
        }
        return sources.computeIfAbsent(source, key -> new KeptLines());
    }

    /**
     * What each source shows, those that failed first, the surest first; never empty.
     *
     * @param exitCode of the container, where somebody knows it
     */
    public List<Explanation> explain(OptionalInt exitCode) {
        Secrets known = secrets.known();
        Map<String, Reading> states = StateDocument.read(document.toString(), known::mask);
        if (!states.isEmpty()) {
            return sorted(states.entrySet().stream()
                    .map(state -> LogDiagnosis.of(
                            state.getKey().isEmpty() ? name : state.getKey(), ended(state.getValue(), exitCode)))
                    .toList());
        }
        mergeACutOffName();
        List<Explanation> all = new ArrayList<>();
        sources.forEach((source, lines) -> {
            Reading read = SourceReading.of(lines.all(), known::mask);
            if (!read.timeline().events().isEmpty()) {
                all.add(LogDiagnosis.of(source.isEmpty() ? name : source, ended(read, exitCode)));
            }
        });
        if (all.isEmpty()) {
            all.add(LogDiagnosis.of(name, ended(new Reading(new Timeline(List.of()), line -> line), exitCode)));
        }
        // What is said around the lines of named sources ("Attaching to web_1") is a source only if it shows a failure.
        all.removeIf(one -> sources.size() > 1 && one.name().equals(name) && !one.isFailure());
        return sorted(all);
    }

    /** Who copies a log may lose the first letters of it: {@code eb_1 | Traceback} above {@code web_1 | ...}. */
    private void mergeACutOffName() {
        List<String> names = List.copyOf(sources.keySet());
        if (names.size() < 2 || names.get(0).isEmpty() || !names.get(1).endsWith(names.get(0))) {
            return;
        }
        KeptLines first = sources.remove(names.get(0));
        KeptLines whole = new KeptLines();
        if (first != null) {
            first.all().forEach(whole::add);
        }
        KeptLines rest = sources.remove(names.get(1));
        if (rest != null) {
            rest.all().forEach(whole::add);
        }
        sources.put(names.get(1), whole);
    }

    private static List<Explanation> sorted(List<Explanation> all) {
        return all.stream().sorted(Comparator.comparing(LogDiagnosis::rank)).toList();
    }

    private static Reading ended(Reading reading, OptionalInt exitCode) {
        return exitCode.isEmpty()
                ? reading
                : reading.with(new Exited(reading.timeline().end(), exitCode.getAsInt(), false));
    }
}
