package io.bootgate.engine.docker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers HTTP on a unix socket as an engine does, or as something else does. */
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** {@code answers} gets a request's path; an empty answer stays silent. */
    private FakeEngine(Path socket, Function<String, String> answers) throws IOException {
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(() -> accept(answers), "fake-engine");
        thread.setDaemon(true);
        thread.start();
    }

    static FakeEngine docker(Path socket) throws IOException {
        return docker(socket, "20.10.24", "1.41", "1.12");
    }

    /** As Docker does, refuses every version of the API that is not between the two. */
    static FakeEngine docker(Path socket, String version, String newest, String oldest) throws IOException {
        return new FakeEngine(socket, path -> {
            if (path.equals("/_ping")) {
                return answer(200, "Api-Version: " + newest, "OK");
            }
            if (path.equals("/version")) {
                return answer(200, "", version(version, newest, oldest));
            }
            double asked = Double.parseDouble(path.replaceFirst("^/v([0-9.]+)/.*", "$1"));
            return asked < Double.parseDouble(oldest)
                    ? answer(
                            400, "", "{\"message\":\"client version is too old. Minimum supported is " + oldest + "\"}")
                    : answer(404, "", "{\"message\":\"No such image\"}");
        });
    }

    static FakeEngine podman(Path socket) throws IOException {
        return new FakeEngine(
                socket,
                path -> path.equals("/_ping")
                        ? answer(200, "Api-Version: 1.41\r\nLibpod-Api-Version: 4.3.1", "OK")
                        : answer(200, "", version("4.3.1", "1.41", "1.24")));
    }

    static FakeEngine webServer(Path socket) throws IOException {
        return new FakeEngine(socket, path -> answer(200, "Server: nginx", "<h1>Welcome</h1>"));
    }

    static FakeEngine silent(Path socket) throws IOException {
        return new FakeEngine(socket, path -> "");
    }

    private static String version(String version, String newest, String oldest) {
        return "{\"Version\":\"%s\",\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\",\"Arch\":\"amd64\"}"
                .formatted(version, newest, oldest);
    }

    private static String answer(int status, String headers, String body) {
        return "HTTP/1.1 %d X\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, headers.isEmpty() ? "" : headers + "\r\n", body.length(), body);
    }

    /** Paths, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept(Function<String, String> answers) {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                connections.add(connection);
                Thread thread = new Thread(() -> serve(connection, answers), "fake-engine-connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            connections.clear();
        }
    }

    private void serve(SocketChannel connection, Function<String, String> answers) {
        try (connection) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.US_ASCII));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.endsWith("HTTP/1.1")) {
                    String path = line.split(" ", -1)[1];
                    requests.add(path);
                    connection.write(ByteBuffer.wrap(answers.apply(path).getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException e) {
            connections.remove(connection);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel each : connections) {
            each.close();
        }
    }
}
