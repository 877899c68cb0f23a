package io.bootgate.image.jib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Debian's docker-registry on a free port of this machine, without TLS. */
final class LoopbackRegistry implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "hunter2";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final String HASHED = USER + ":$2a$04$l2tranOEicsNGngEzVXL.ORdIKdDFm3wh1c0QZ63MMvDov3zHIzuu\n";
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final int port;

    private LoopbackRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isHere() {
        return Files.isExecutable(PROGRAM);
    }

    static LoopbackRegistry open(Path folder) {
        return start(folder, "");
    }

    static LoopbackRegistry withLogin(Path folder) {
        return start(folder, "auth:\n  htpasswd:\n    realm: test\n    path: " + folder.resolve("users") + "\n");
    }

    /** With a certificate of its own. */
    static LoopbackRegistry withTls(Path folder) {
        run(
                folder,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem");
        return start(
                folder,
                "  tls:\n    certificate: " + folder.resolve("cert.pem") + "\n    key: " + folder.resolve("key.pem")
                        + "\n");
    }

    private static void run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("tools.log").toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(Files.readString(folder.resolve("tools.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LoopbackRegistry start(Path folder, String more) {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("users"), HASHED);
            Path config = folder.resolve("config.yml");
            Files.writeString(
                    config,
                    "version: 0.1\nlog:\n  level: error\nstorage:\n  filesystem:\n    rootdirectory: "
                            + folder.resolve("data") + "\nhttp:\n  addr: 127.0.0.1:" + port + "\n" + more);
            Process process = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("registry.log").toFile())
                    .start();
            LoopbackRegistry registry = new LoopbackRegistry(process, port);
            registry.awaitStart();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** As it stands at the start of an image's name. */
    String name() {
        return "127.0.0.1:" + port;
    }

    /** Puts a manifest, or an index, under a tag. */
    void put(String repository, String tag, String type, String manifest) throws IOException, InterruptedException {
        HttpRequest put = HttpRequest.newBuilder(
                        URI.create("http://%s/v2/%s/manifests/%s".formatted(name(), repository, tag)))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofString(manifest))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException(answer.body());
        }
    }

    /** A manifest, or an index, as it is stored. */
    String manifest(String repository, String reference, String type) throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(
                        URI.create("http://%s/v2/%s/manifests/%s".formatted(name(), repository, reference)))
                .header("Accept", type)
                .build();
        return HttpClient.newHttpClient()
                .send(ask, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Digest of the manifest that a tag has; empty if there is none. */
    Optional<String> digest(String repository, String tag) throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(
                        URI.create("http://%s/v2/%s/manifests/%s".formatted(name(), repository, tag)))
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(ask, HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("Docker-Content-Digest");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
