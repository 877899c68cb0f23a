package io.bootgate.image.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes what a client sends to be built, and builds nothing. */
final class ListeningEngine implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel server;
    private volatile byte @Nullable [] context;

    private ListeningEngine(Path folder, ServerSocketChannel server) {
        this.folder = folder;
        this.server = server;
    }

    static ListeningEngine start() throws IOException {
        Path folder = Files.createTempDirectory("bg");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        ListeningEngine engine = new ListeningEngine(folder, server);
        Thread accepting = new Thread(engine::accept, "listening-engine");
        accepting.setDaemon(true);
        accepting.start();
        return engine;
    }

    Path socket() {
        return folder.resolve("s");
    }

    /** The archive of the last build. */
    Optional<byte[]> context() {
        return Optional.ofNullable(context);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread serving = new Thread(() -> serve(client), "listening-engine-client");
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                InputStream in = Channels.newInputStream(client);
                OutputStream out = Channels.newOutputStream(client)) {
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                boolean chunked = false;
                int length = 0;
                for (String header = line(in); !header.isEmpty(); header = line(in)) {
                    String lower = header.toLowerCase(java.util.Locale.ROOT);
                    chunked |= lower.equals("transfer-encoding: chunked");
                    length = lower.startsWith("content-length: ")
                            ? Integer.parseInt(lower.substring("content-length: ".length()))
                            : length;
                }
                byte[] body = chunked ? chunks(in) : in.readNBytes(length);
                if (request.contains("/build?")) {
                    context = body;
                }
                answer(out, request.contains("/build?") ? "{\"stream\":\"Successfully built 0123456789ab\\n\"}" : "{}");
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    private static void answer(OutputStream out, String body) throws IOException {
        out.write(
                ("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nOstype: linux\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket());
        Files.deleteIfExists(folder);
    }
}
