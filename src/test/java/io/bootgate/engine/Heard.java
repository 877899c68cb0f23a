package io.bootgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A listener that keeps what it was told, for tests that wait for it. */
final class Heard implements ContainerListener {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    record Piece(LogStream stream, Instant at, String text, int length) {}

    record Exit(Instant at, int code) {}

    record Memory(long used, long limit) {}

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private Optional<Instant> started = Optional.empty();
    private final List<Piece> pieces = new ArrayList<>();
    private int ends;
    private int memoryKills;
    private final List<Exit> exits = new ArrayList<>();
    private final List<Memory> memory = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    @Override
    public synchronized void started(Instant at) {
        started = Optional.of(at);
        told("started");
    }

    @Override
    public synchronized void logged(LogStream stream, Instant at, byte[] bytes) {
        (stream == LogStream.STDOUT ? stdout : stderr).writeBytes(bytes);
        String text = new String(bytes, 0, Math.min(bytes.length, 1000), StandardCharsets.UTF_8);
        pieces.add(new Piece(stream, at, text, bytes.length));
        told("logged");
    }

    @Override
    public synchronized void logEnded() {
        ends++;
        told("logEnded");
    }

    @Override
    public synchronized void outOfMemory(Instant at) {
        memoryKills++;
        told("outOfMemory");
    }

    @Override
    public synchronized void exited(Instant at, int exitCode) {
        exits.add(new Exit(at, exitCode));
        told("exited");
    }

    @Override
    public synchronized void memory(Instant at, long usedBytes, long limitBytes) {
        memory.add(new Memory(usedBytes, limitBytes));
        told("memory");
    }

    @Override
    public synchronized void lost(String why) {
        lost.add(why);
        told("lost");
    }

    private void told(String what) {
        order.add(what);
        notifyAll();
    }

    /** Waits until what was heard is enough. */
    synchronized Heard until(String what, Predicate<Heard> enough) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            assertThat(left)
                    .as("waiting for %s, heard %s, log %s", what, order, text())
                    .isPositive();
            wait(left);
        }
        return this;
    }

    Heard untilExitAndLogEnd() throws InterruptedException {
        return until("exit and end of the log", heard -> !heard.exits().isEmpty() && heard.ends() > 0);
    }

    Heard untilLogged(String text) throws InterruptedException {
        return until("the log to hold " + text, heard -> heard.text().contains(text));
    }

    synchronized Optional<Instant> startedAt() {
        return started;
    }

    synchronized List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    synchronized byte[] bytes(LogStream stream) {
        return (stream == LogStream.STDOUT ? stdout : stderr).toByteArray();
    }

    synchronized String text() {
        return stdout.toString(StandardCharsets.UTF_8) + stderr.toString(StandardCharsets.UTF_8);
    }

    String text(LogStream stream) {
        return new String(bytes(stream), StandardCharsets.UTF_8);
    }

    synchronized int ends() {
        return ends;
    }

    synchronized int memoryKills() {
        return memoryKills;
    }

    synchronized List<Exit> exits() {
        return List.copyOf(exits);
    }

    OptionalInt exitCode() {
        return exits().stream().mapToInt(Exit::code).findFirst();
    }

    synchronized List<Memory> memory() {
        return List.copyOf(memory);
    }

    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    synchronized List<String> order() {
        return List.copyOf(order);
    }
}
