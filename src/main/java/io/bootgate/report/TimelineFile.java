package io.bootgate.report;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A timeline as a file: one event per line of JSON, in the order in which it was told, {@code event} naming its type. What
 * was written is read back into an equal timeline.
 */
public final class TimelineFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .addMixIn(BootEvent.class, NamedEvent.class)
            .build();

    static {
        types(BootEvent.class).forEach(type -> JSON.registerSubtypes(new NamedType(type, type.getSimpleName())));
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    private interface NamedEvent {}

    private TimelineFile() {}

    /** The file's name for a service: {@code orders.timeline.jsonl}. */
    public static String name(String service) {
        return service + ".timeline.jsonl";
    }

    /** Every type of event: the records below the sealed root. */
    static Stream<Class<?>> types(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TimelineFile::types)
                : Stream.of(type);
    }

    public static void write(Path file, Timeline timeline) throws IOException {
        WholeFile.write(file, out -> {
            for (BootEvent event : timeline.events()) {
                out.write(JSON.writerFor(BootEvent.class).writeValueAsString(event));
                out.write('\n');
            }
        });
    }

    /** A line that is no event is an error that names file and line. */
    public static Timeline read(Path file) throws IOException {
        List<BootEvent> events = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    events.add(event(line, file + ":" + number));
                }
            }
        }
        return new Timeline(events);
    }

    private static BootEvent event(String line, String where) throws IOException {
        try {
            return JSON.readValue(line, BootEvent.class);
        } catch (JsonProcessingException e) {
            throw new IOException(where + " is not an event of a timeline: " + e.getOriginalMessage(), e);
        }
    }
}
