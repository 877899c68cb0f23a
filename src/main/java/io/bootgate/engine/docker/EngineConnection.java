package io.bootgate.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.bootgate.engine.EngineException;
import io.bootgate.engine.EngineInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An open connection to one engine, at the version of the API that both sides speak. Shared by all that talk to the engine;
 * whoever opened it closes it.
 */
public final class EngineConnection implements AutoCloseable {
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;
    static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

    static {
        // At debug level docker-java dumps whole requests, values of environment variables included, into the output of
        // -X.
        for (String logger : new String[] {"org.slf4j.simpleLogger.log.", "maven.logger.log."}) {
            System.getProperties().putIfAbsent(logger + "com.github.dockerjava", "warn");
        }
    }

    private final EngineInfo info;
    private final EngineAddress address;
    private final DockerHttpClient http;
    private final DockerClient client;
    private final Calls calls;
    private final Route route;

    private EngineConnection(
            EngineInfo info,
            EngineAddress address,
            DockerHttpClient http,
            DockerClient client,
            Calls calls,
            Route route) {
        this.info = info;
        this.address = address;
        this.http = http;
        this.client = client;
        this.calls = calls;
        this.route = route;
    }

    /** Connects, and agrees on a version of the API. The route is closed with the connection. */
    static EngineConnection open(EngineAddress address, RegistryLogins logins, Route route, Duration patience)
            throws Unreachable {
        LocalDirectorySSLConfig tls = tls(address);
        DockerHttpClient http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(address.host())
                .sslConfig(tls)
                .connectionTimeout(patience)
                .build();
        Calls greeting = new Calls("The engine at " + address.shown());
        try {
            EngineInfo info = greeting.within(patience, "say who it is", () -> greet(http, address));
            ClientSettings settings =
                    new ClientSettings(address.host(), RemoteApiVersion.parseConfig(info.api()), tls, logins);
            Calls calls = new Calls(info.name() + " at " + address.shown());
            return new EngineConnection(
                    info, address, http, DockerClientImpl.getInstance(settings, http), calls, route);
        } catch (EngineException e) {
            closeQuietly(http);
            throw e.getCause() instanceof Unreachable known ? known : new Unreachable(reason(e, patience), e);
        } finally {
            greeting.close();
        }
    }

    private static @Nullable LocalDirectorySSLConfig tls(EngineAddress address) {
        return address.certificates()
                .map(folder -> new LocalDirectorySSLConfig(folder.toString()))
                .orElse(null);
    }

    private static EngineInfo greet(DockerHttpClient http, EngineAddress address) throws IOException, Unreachable {
        String pinged;
        boolean podman;
        try (Response ping = http.execute(get("/_ping"))) {
            pinged = Optional.ofNullable(ping.getHeader("Api-Version")).orElse("");
            podman = ping.getHeader("Libpod-Api-Version") != null;
            if (ping.getStatusCode() != 200 || pinged.isEmpty()) {
                throw new Unreachable("not an engine (its answer to GET /_ping was status %d%s)"
                        .formatted(ping.getStatusCode(), pinged.isEmpty() ? " without an Api-Version" : ""));
            }
        }
        try (Response answer = http.execute(get("/version"))) {
            JsonNode version = Answers.JSON.readTree(answer.getBody());
            return new EngineInfo(
                    podman ? "Podman" : "Docker Engine",
                    version.path("Version").asText("unknown"),
                    agreed(pinged, version.path("MinAPIVersion").asText("")),
                    version.path("Arch").asText("unknown"),
                    address.shown(),
                    address.foundBy());
        }
    }

    /** The newest version that both sides speak; the engine's oldest where that is newer than all of docker-java's. */
    static String agreed(String newestOfEngine, String oldestOfEngine) {
        RemoteApiVersion engine = RemoteApiVersion.parseConfig(newestOfEngine);
        RemoteApiVersion chosen = engine.isGreater(NEWEST) ? NEWEST : engine;
        if (!oldestOfEngine.isEmpty()
                && RemoteApiVersion.parseConfig(oldestOfEngine).isGreater(chosen)) {
            return oldestOfEngine;
        }
        return chosen.getVersion();
    }

    private static String reason(EngineException e, Duration patience) {
        Throwable cause = e.getCause();
        if (cause instanceof TimeoutException) {
            return "not answering (no answer within " + patience.toSeconds() + " s)";
        }
        String root = Answers.rootMessage(cause == null ? e : cause);
        return switch (root) {
            case "Connection refused" -> "not answering (connection refused)";
            case "Permission denied" -> "permission denied";
            case "No such file or directory" -> "absent";
            default -> "not answering (" + root + ")";
        };
    }

    /** Which engine this is. */
    public EngineInfo info() {
        return info;
    }

    /** docker-java's client, at the agreed version. */
    public DockerClient client() {
        return client;
    }

    /** docker-java's transport, for what its client has no command for; paths start with {@link #path}. */
    public DockerHttpClient http() {
        return http;
    }

    /** Variables that lead the {@code docker} command to this engine. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DOCKER_HOST", address.host().toString());
        address.certificates().ifPresent(folder -> {
            variables.put("DOCKER_TLS_VERIFY", "1");
            variables.put("DOCKER_CERT_PATH", folder.toString());
        });
        return variables;
    }

    /** {@code /build} as {@code /v1.41/build}. */
    public String path(String path) {
        return "/v" + info.api() + path;
    }

    /** Asks with the usual patience; {@code task} completes "failed to ...". Throws {@link EngineException} only. */
    public <T> T ask(String task, Callable<T> call) {
        return calls.within(Calls.PATIENCE, task, call);
    }

    /** Asks with a patience of its own. */
    public <T> T ask(Duration patience, String task, Callable<T> call) {
        return calls.within(patience, task, call);
    }

    /** Where a published port is reached from here. */
    InetSocketAddress reached(InetSocketAddress published) {
        return route.to(published);
    }

    Calls calls() {
        return calls;
    }

    EngineAddress address() {
        return address;
    }

    /** An answer of the engine's API as it came. */
    record Answer(int status, String body) {}

    /** {@code GET}, with the body read whole. */
    Answer get(String task, String path) {
        return getUnversioned(task, path(path));
    }

    /** The same for a path that says its version itself. */
    Answer getUnversioned(String task, String path) {
        return ask(task, () -> {
            try (Response answer = http.execute(get(path))) {
                String body = new String(answer.getBody().readAllBytes(), StandardCharsets.UTF_8);
                return new Answer(answer.getStatusCode(), body);
            }
        });
    }

    private static Request get(String path) {
        return Request.builder().method(Request.Method.GET).path(path).build();
    }

    private static void closeQuietly(DockerHttpClient http) {
        try {
            http.close();
        } catch (IOException e) {
            // Nothing was to be kept of this connection.
        }
    }

    @Override
    public void close() {
        calls.close();
        closeQuietly(http);
        route.close();
    }
}
