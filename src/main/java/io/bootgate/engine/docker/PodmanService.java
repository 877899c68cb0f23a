package io.bootgate.engine.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@code podman system service} of our own, on a socket that nobody else can reach. */
final class PodmanService implements Route {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Companion process;
    private final Path socket;

    private PodmanService(Companion process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    static PodmanService start(Surroundings here, Path podman) throws Unreachable {
        try {
            Path folder = Companion.privateFolder();
            Path socket = folder.resolve("podman.sock");
            List<String> command = List.of(podman.toString(), "system", "service", "--time=0", "unix://" + socket);
            Companion process = Companion.start(here, folder, command);
            if (!process.awaitSocket(socket, PATIENCE)) {
                String words = process.lastWords();
                process.close();
                throw new Unreachable("podman system service did not start"
                        + (words.isEmpty() ? " within " + PATIENCE.toSeconds() + " s" : ": " + words));
            }
            return new PodmanService(process, socket);
        } catch (IOException e) {
            throw new Unreachable("podman system service could not be started: " + Answers.rootMessage(e), e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public InetSocketAddress to(InetSocketAddress published) {
        return published;
    }

    @Override
    public void close() {
        process.close();
    }
}
