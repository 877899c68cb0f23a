package io.bootgate.engine.docker;

import io.bootgate.engine.EngineException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Forwards an engine's socket, and its published ports, through the system's ssh client: keys and settings are its own. */
final class SshTunnel implements Route {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DEFAULT_SOCKET = "/var/run/docker.sock";

    private final Surroundings here;
    private final Path ssh;
    private final URI host;
    private final Companion engine;
    private final Path socket;
    private final Map<Integer, Forward> ports = new ConcurrentHashMap<>();

    private record Forward(Companion process, InetSocketAddress local) {}

    private SshTunnel(Surroundings here, Path ssh, URI host, Companion engine, Path socket) {
        this.here = here;
        this.ssh = ssh;
        this.host = host;
        this.engine = engine;
        this.socket = socket;
    }

    /** {@code host} is {@code ssh://[user@]host[:port][/path/to/the/engine.sock]}. */
    static SshTunnel open(Surroundings here, URI host) throws Unreachable {
        Path ssh = here.program("ssh").orElseThrow(() -> new Unreachable("there is no ssh on the PATH"));
        try {
            Path folder = Companion.privateFolder();
            Path socket = folder.resolve("engine.sock");
            String remote = host.getPath() == null || host.getPath().length() < 2 ? DEFAULT_SOCKET : host.getPath();
            Companion process = Companion.start(here, folder, command(ssh, host, socket + ":" + remote));
            if (!process.awaitSocket(socket, PATIENCE)) {
                String words = process.lastWords();
                process.close();
                throw new Unreachable("ssh: " + (words.isEmpty() ? "not answering" : words));
            }
            return new SshTunnel(here, ssh, host, process, socket);
        } catch (IOException e) {
            throw new Unreachable("ssh could not be started: " + Answers.rootMessage(e), e);
        }
    }

    /** Never asks for anything: there is nobody who could answer. */
    static List<String> command(Path ssh, URI host, String forward) {
        List<String> command = new ArrayList<>(List.of(
                ssh.toString(),
                "-nNT",
                "-o",
                "BatchMode=yes",
                "-o",
                "ExitOnForwardFailure=yes",
                "-o",
                "ConnectTimeout=10"));
        if (host.getPort() >= 0) {
            command.addAll(List.of("-p", Integer.toString(host.getPort())));
        }
        if (host.getUserInfo() != null) {
            command.addAll(List.of("-l", host.getUserInfo().replaceFirst(":.*$", "")));
        }
        command.addAll(List.of("-L", forward, "--", host.getHost()));
        return command;
    }

    Path socket() {
        return socket;
    }

    @Override
    public InetSocketAddress to(InetSocketAddress published) {
        return ports.computeIfAbsent(published.getPort(), this::forward).local();
    }

    private Forward forward(int port) {
        try {
            InetSocketAddress local = freePort();
            String spec = "127.0.0.1:%d:127.0.0.1:%d".formatted(local.getPort(), port);
            Companion process = Companion.start(here, Companion.privateFolder(), command(ssh, host, spec));
            awaitOpen(local, port, process);
            return new Forward(process, local);
        } catch (IOException e) {
            throw new EngineException(
                    "Port %d of %s cannot be forwarded through ssh: %s"
                            .formatted(port, host.getHost(), Answers.rootMessage(e)),
                    e);
        }
    }

    private void awaitOpen(InetSocketAddress local, int port, Companion process) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            try (Socket connected = new Socket(local.getAddress(), local.getPort())) {
                if (connected.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        String words = process.lastWords();
        process.close();
        throw new EngineException("Port %d of %s is not forwarded by ssh: %s".formatted(port, host.getHost(), words));
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
        }
    }

    @Override
    public void close() {
        ports.values().forEach(forward -> forward.process().close());
        engine.close();
    }
}
