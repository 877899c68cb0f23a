package io.bootgate.engine;

import io.bootgate.engine.Container.ExecOutcome;
import io.bootgate.engine.Container.ProcessRow;
import io.bootgate.engine.Container.StartOutcome;
import io.bootgate.engine.Container.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An engine without an engine: its containers do what the test says, on real loopback ports. */
public final class ScriptedEngine implements ContainerEngine {
    private final ImageFacts image;
    private final Consumer<Play> script;
    public final List<Play> plays = new CopyOnWriteArrayList<>();
    public final Map<String, String> files = new HashMap<>();
    public final List<String> pulled = new ArrayList<>();
    public boolean present = true;
    public Machine machine = new Machine(8, 16L << 30);
    /** How many starts fail because the host's port was taken. */
    public int portsLost;

    /** Every container of {@code image} runs {@code script} when it is started, on a thread of its own. */
    public ScriptedEngine(ImageFacts image, Consumer<Play> script) {
        this.image = image;
        this.script = script;
    }

    /** Facts of an image that runs this command, EXPOSEs these ports and sets these variables. */
    public static ImageFacts image(List<String> command, List<Integer> exposed, Map<String, String> env) {
        return new ImageFacts(
                "acme/orders:1",
                "sha256:1",
                Optional.empty(),
                List.of(),
                command,
                env,
                "/app",
                "",
                exposed,
                List.of(),
                "amd64",
                "linux");
    }

    /** One started container, as its script sees it. */
    public final class Play implements Container {
        public final ContainerSpec spec;
        private final Map<Integer, ServerSocket> sockets = new HashMap<>();
        private ContainerListener listener = new Silence();
        private volatile State state = new State(false, 0, false, "", Optional.empty(), Optional.empty());
        public volatile List<ProcessRow> table = List.of();
        public volatile Usage used = Usage.UNKNOWN;
        public volatile boolean removed;
        /** What was copied into it, by folder. */
        public final Map<String, byte[]> unpacked = new ConcurrentHashMap<>();
        /** What it wrote into a volume, by name. */
        public final Map<String, byte[]> left = new ConcurrentHashMap<>();

        Play(ContainerSpec spec) {
            this.spec = spec;
        }

        public void log(String line) {
            listener.logged(LogStream.STDERR, now(), (line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        public void print(String text) {
            listener.logged(LogStream.STDOUT, now(), (text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        /** Serves this answer on the container's port from now on. */
        public void serve(int port, String answer) {
            ServerSocket socket = sockets.get(port);
            if (socket == null) {
                return; // not published: nobody outside can ask
            }
            Thread serving = new Thread(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        client.getInputStream().read(new byte[4096]);
                        client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            serving.setDaemon(true);
            serving.start();
        }

        public void killForMemory() {
            listener.outOfMemory(now());
        }

        public void exit(int code) {
            state = new State(false, code, false, "", state.startedAt(), Optional.of(now()));
            listener.exited(now(), code);
            listener.logEnded();
        }

        public void loseEngine() {
            listener.lost("the connection was closed");
        }

        @Override
        public String id() {
            return "scripted";
        }

        @Override
        public void listen(ContainerListener listening) {
            listener = listening;
        }

        @Override
        public StartOutcome start() {
            if (portsLost-- > 0) {
                throw new HostPortTakenException("bind: address already in use");
            }
            Instant start = now();
            state = new State(true, 0, false, "", Optional.of(start), Optional.empty());
            Thread playing = new Thread(() -> script.accept(this));
            playing.setDaemon(true);
            playing.start();
            return new StartOutcome.Started(start);
        }

        @Override
        public Map<Integer, InetSocketAddress> publishedPorts() {
            Map<Integer, InetSocketAddress> ports = new HashMap<>();
            sockets.forEach((port, socket) -> ports.put(port, (InetSocketAddress) socket.getLocalSocketAddress()));
            return ports;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public Usage usage() {
            return used;
        }

        @Override
        public List<ProcessRow> processes() {
            return table;
        }

        @Override
        public ExecOutcome exec(List<String> command, Duration timeout) {
            return new ExecOutcome(127, "not found", false);
        }

        @Override
        public Optional<String> address() {
            return Optional.of("10.0.0.2");
        }

        @Override
        public void putFile(String path, String content) {}

        @Override
        public List<String> list(String folder, int limit) {
            return List.of();
        }

        @Override
        public Optional<String> readFile(String path, int limit) {
            return Optional.ofNullable(files.get(path)).map(text -> text.substring(0, Math.min(limit, text.length())));
        }

        @Override
        public void unpack(String folder, byte[] tar) {
            unpacked.put(folder, tar);
        }

        @Override
        public Map<String, byte[]> files(String folder) {
            return Map.copyOf(left);
        }

        @Override
        public void close() {
            removed = true;
            sockets.values().forEach(socket -> {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo("Docker Engine", "20.10", "1.41", "amd64", "unix:///scripted", "the test");
    }

    @Override
    public Optional<ImageFacts> image(String reference) {
        return present ? Optional.of(image) : Optional.empty();
    }

    @Override
    public void pull(String reference, Optional<String> platform, Consumer<String> progress) {
        pulled.add(reference);
        present = true;
    }

    @Override
    public Container create(ContainerSpec spec) {
        Play play = new Play(spec);
        for (int port : spec.ports()) {
            try {
                play.sockets.put(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        plays.add(play);
        return play;
    }

    @Override
    public Container create(ContainerSpec spec, String volume) {
        return create(spec);
    }

    @Override
    public Machine machine() {
        return machine;
    }

    @Override
    public Resource network(String name) {
        return new Made(name);
    }

    @Override
    public Resource volume(String name, VolumeSpec spec, String image) {
        return new Made(name);
    }

    private record Made(String name) implements Resource {
        @Override
        public void close() {}
    }

    @Override
    public Duration clockAhead() {
        return Duration.ZERO;
    }

    @Override
    public int sweep() {
        return 0;
    }

    @Override
    public void close() {}

    private static final class Silence implements ContainerListener {
        @Override
        public void started(Instant at) {}

        @Override
        public void logged(LogStream stream, Instant at, byte[] bytes) {}

        @Override
        public void logEnded() {}

        @Override
        public void outOfMemory(Instant at) {}

        @Override
        public void exited(Instant at, int exitCode) {}

        @Override
        public void memory(Instant at, long usedBytes, long limitBytes) {}

        @Override
        public void lost(String why) {}
    }
}
