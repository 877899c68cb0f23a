package io.bootgate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.Secrets;
import io.bootgate.rule.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What real servers said in real containers, as it looks where somebody copies it from. */
class RecordedLogsExplainedTest {
    private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
    private static final Pattern HEALTHY = Pattern.compile("(?:healthy|stopped|reload|max-requests|fewer-workers).*");
    /** Up to 20.1 workers die without a word, and only their successors tell of it. */
    private static final Pattern LOOP =
            Pattern.compile("(?:segfault-loop|out-of-memory-loop|exit-[01]-loop|os-exit-loop|workers-die)-.*");

    private static final Pattern QUIET = Pattern.compile(".*-quiet-.*");

    /** A line of a recording: its time, its text; and how a place shows it. */
    private static final List<BiFunction<String, String, String>> PLACES = List.of(
            (time, text) -> text,
            (time, text) -> time + " " + text,
            (time, text) -> "web-1  | " + text,
            (time, text) -> "> " + text,
            (time, text) -> time + " app[web.1]: " + text,
            (time, text) -> "[pod/web-7d/web] " + time + " " + text,
            (time, text) -> "Nov 22 18:06:23 host web[812]: " + text,
            (time, text) -> "\u001b[36mweb_1      |\u001b[0m " + text + "\r");

    @TestFactory
    Stream<DynamicTest> aHealthyLogShowsNoFailureWhereverItIsCopiedFrom() {
        return recordings(HEALTHY)
                .map(folder -> DynamicTest.dynamicTest(
                        name(folder),
                        () -> PLACES.forEach(
                                place -> assertThat(causes(folder, place)).isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> aLoopOfDyingWorkersIsAFailureWhereverItIsCopiedFrom() {
        return recordings(LOOP)
                .filter(folder -> !QUIET.matcher(name(folder)).matches())
                .map(folder -> DynamicTest.dynamicTest(
                        name(folder),
                        () -> PLACES.forEach(
                                place -> assertThat(causes(folder, place)).isNotEmpty())));
    }

    private static Stream<Path> recordings(Pattern names) {
        return Stream.of("gunicorn", "uvicorn", "hypercorn", "waitress", "uwsgi", "flask", "django")
                .flatMap(server -> folders(RECORDINGS.resolve(server)))
                .filter(folder ->
                        names.matcher(name(folder).replaceFirst(".*/", "")).matches());
    }

    private static Stream<Path> folders(Path server) {
        try (Stream<Path> folders = Files.list(server)) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path folder) {
        return RECORDINGS.relativize(folder).toString();
    }

    private static List<String> causes(Path folder, BiFunction<String, String, String> place) {
        ForeignLog log = new ForeignLog("log", Secrets.named(List.of()));
        try (Stream<String> lines =
                Files.lines(folder.resolve("log.txt"), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> {
                String[] parts = line.split(" ", 3);
                log.add(place.apply(parts[1], parts.length < 3 ? "" : parts[2]));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log.explain(OptionalInt.empty()).get(0).causes().stream()
                .map(Finding::id)
                .toList();
    }
}
