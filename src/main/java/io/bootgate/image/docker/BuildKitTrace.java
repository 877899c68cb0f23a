package io.bootgate.image.docker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One report of BuildKit's progress: what it calls StatusResponse, a protocol buffer of few fields. Read by hand, for want of
 * anything else here that speaks protocol buffers.
 */
record BuildKitTrace(List<Vertex> vertices, List<Output> outputs) {

    BuildKitTrace {
        vertices = List.copyOf(vertices);
        outputs = List.copyOf(outputs);
    }

    /**
     * A step as it is now; told again whenever it changes.
     *
     * @param name {@code [build 2/5] RUN pip install flask}
     * @param took once it is done
     * @param error empty string if none
     */
    record Vertex(String digest, String name, boolean cached, boolean started, Optional<Duration> took, String error) {}

    /** What a step wrote. */
    record Output(String vertex, String text) {}

    static BuildKitTrace parse(byte[] bytes) {
        List<Vertex> vertices = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        for (Field field : fields(bytes, 0, bytes.length)) {
            if (field.number == 1) {
                vertices.add(vertex(bytes, field));
            } else if (field.number == 3) {
                outputs.add(output(bytes, field));
            }
        }
        return new BuildKitTrace(vertices, outputs);
    }

    private static Vertex vertex(byte[] bytes, Field message) {
        String digest = "";
        String name = "";
        String error = "";
        boolean cached = false;
        Optional<Duration> started = Optional.empty();
        Optional<Duration> took = Optional.empty();
        for (Field field : fields(bytes, message.start, message.end)) {
            switch (field.number) {
                case 1 -> digest = field.text(bytes);
                case 3 -> name = field.text(bytes);
                case 4 -> cached = field.value != 0;
                case 5 -> started = Optional.of(time(bytes, field));
                case 6 -> {
                    Duration completed = time(bytes, field);
                    took = started.map(completed::minus);
                }
                case 7 -> error = field.text(bytes);
                default -> {}
            }
        }
        return new Vertex(digest, name, cached, started.isPresent(), took, error);
    }

    /** A moment, as the time since 1970. */
    private static Duration time(byte[] bytes, Field message) {
        Duration time = Duration.ZERO;
        for (Field field : fields(bytes, message.start, message.end)) {
            if (field.number == 1) {
                time = time.plusSeconds(field.value);
            } else if (field.number == 2) {
                time = time.plusNanos(field.value);
            }
        }
        return time;
    }

    private static Output output(byte[] bytes, Field message) {
        String vertex = "";
        String text = "";
        for (Field field : fields(bytes, message.start, message.end)) {
            if (field.number == 1) {
                vertex = field.text(bytes);
            } else if (field.number == 4) {
                text = field.text(bytes);
            }
        }
        return new Output(vertex, text);
    }

    /**
     * A field of a message.
     *
     * @param value of a number
     * @param start of the bytes of a text or message
     */
    private record Field(int number, long value, int start, int end) {
        String text(byte[] bytes) {
            return new String(bytes, start, end - start, StandardCharsets.UTF_8);
        }
    }

    /** Ends at the first thing that is no field: a broken report must not end a build. */
    private static List<Field> fields(byte[] bytes, int start, int end) {
        List<Field> fields = new ArrayList<>();
        int at = start;
        while (at < end) {
            long[] tag = varint(bytes, at, end);
            at = (int) tag[1];
            int number = (int) (tag[0] >>> 3);
            switch ((int) (tag[0] & 7)) {
                case 0 -> {
                    long[] value = varint(bytes, at, end);
                    at = (int) value[1];
                    fields.add(new Field(number, value[0], at, at));
                }
                case 1 -> at += 8;
                case 2 -> {
                    long[] length = varint(bytes, at, end);
                    int from = (int) length[1];
                    if (length[0] < 0 || length[0] > end - from) {
                        return fields;
                    }
                    at = from + (int) length[0];
                    fields.add(new Field(number, 0, from, at));
                }
                case 5 -> at += 4;
                default -> {
                    return fields;
                }
            }
        }
        return fields;
    }

    /** The number, and where it ends. */
    private static long[] varint(byte[] bytes, int start, int end) {
        long value = 0;
        int at = start;
        for (int shift = 0; at < end && shift < 64; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                break;
            }
        }
        return new long[] {value, at};
    }
}
