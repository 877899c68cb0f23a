package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Logged;
import io.bootgate.timeline.Stream;
import io.bootgate.timeline.Timeline;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimelineFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTypeOfEventIsReadBackAsItWas(long seed) throws Exception {
        Random random = new Random(seed);
        List<BootEvent> events = new ArrayList<>();
        for (Class<?> type : TimelineFile.types(BootEvent.class).toList()) {
            events.add((BootEvent) any(type, random));
        }
        Timeline timeline = new Timeline(events);
        Path file = folder.resolve("orders.timeline.jsonl");

        TimelineFile.write(file, timeline);

        assertThat(TimelineFile.read(file)).isEqualTo(timeline);
        assertThat(Files.readAllLines(file)).hasSameSizeAs(events);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void aLineTellsTypeTimeAndFacts() throws IOException {
        Path file = folder.resolve("t");

        TimelineFile.write(
                file, Timeline.of(new Logged(Duration.ofMillis(412), 23, Stream.STDERR, "Booting \"worker\"")));

        assertThat(file)
                .hasContent("{\"event\":\"Logged\",\"at\":0.412000000,\"number\":23,\"stream\":\"STDERR\","
                        + "\"text\":\"Booting \\\"worker\\\"\"}\n");
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        Path file = folder.resolve("t");
        Files.writeString(file, "{\"event\":\"Ticked\",\"at\":1.0}\n{\"event\":\"Tick");

        assertThatThrownBy(() -> TimelineFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ":2 is not an event of a timeline: ");
    }

    /** Some value of this type, made from its components if it is a record. */
    private static Object any(Type type, Random random) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            return anyOf(generic, random);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            RecordComponent[] components = raw.getRecordComponents();
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = any(components[i].getGenericType(), random);
            }
            var constructor = raw.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        }
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        Map<Class<?>, Object> plain = Map.of(
                int.class, random.nextInt(),
                Integer.class, random.nextInt(),
                long.class, random.nextLong(),
                boolean.class, random.nextBoolean(),
                String.class, text(random),
                Duration.class, Duration.ofSeconds(random.nextInt(100_000), random.nextInt(1_000_000_000)),
                Instant.class, Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                OptionalInt.class, random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                OptionalLong.class, random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()));
        return Objects.requireNonNull(plain.get(raw), () -> "no generator for " + raw);
    }

    private static Object anyOf(ParameterizedType generic, Random random) throws ReflectiveOperationException {
        Type[] of = generic.getActualTypeArguments();
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(any(of[0], random));
        }
        if (generic.getRawType() == Optional.class) {
            return values.stream().findFirst();
        }
        if (generic.getRawType() == Set.class) {
            return Set.copyOf(values);
        }
        if (generic.getRawType() == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (Object key : values) {
                map.put(key, any(of[1], random));
            }
            return map;
        }
        assertThat(generic.getRawType()).isEqualTo(List.class);
        return values;
    }

    private static String text(Random random) {
        String alphabet = "ab \t\r\n\"\\\u0000\u001B\u2028äß€日";
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> random.nextInt(10) == 0
                        ? "🎉"
                        : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))))
                .reduce("", String::concat);
    }
}
