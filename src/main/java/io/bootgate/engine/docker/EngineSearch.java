package io.bootgate.engine.docker;

import io.bootgate.engine.EngineException;
import io.bootgate.engine.docker.EngineChoice.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks for an engine, place by place; remembers what was wrong at each. */
final class EngineSearch {
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    private final Surroundings here;
    private final EngineChoice choice;
    private final Duration patience;
    private final List<Tried> tried = new ArrayList<>();

    /** A place that was no good, and why. */
    record Tried(String place, String why) {
        boolean isAbsent() {
            return why.equals("absent");
        }
    }

    /** {@code patience} is for an engine to say who it is. */
    EngineSearch(Surroundings here, EngineChoice choice, Duration patience) {
        this.here = here;
        this.choice = choice;
        this.patience = patience;
    }

    EngineConnection find() {
        return named().or(this::standard).or(this::startedByUs).orElseThrow(this::nothingFound);
    }

    /** What somebody named is meant: nothing else is looked for when it does not answer. */
    private Optional<EngineConnection> named() {
        if (choice.host().isPresent()) {
            return Optional.of(atHost("<engineHost>", choice.host().get(), environmentCertificates())
                    .orElseThrow(this::nothingFound));
        }
        Optional<String> dockerHost = here.variable("DOCKER_HOST");
        if (dockerHost.isPresent()) {
            return orElseOtherKind(atHost("DOCKER_HOST", dockerHost.get(), environmentCertificates()));
        }
        Optional<String> context = here.variable("DOCKER_CONTEXT").filter(name -> !name.equals("default"));
        if (context.isPresent()) {
            return orElseOtherKind(atContext("DOCKER_CONTEXT=" + context.get(), context.get()));
        }
        return DockerContext.current(here.dockerConfig()).flatMap(name -> atContext("docker context " + name, name));
    }

    /** A named engine of the kind that is not wanted does not keep the wanted one from being found. */
    private Optional<EngineConnection> orElseOtherKind(Optional<EngineConnection> found) {
        if (found.isPresent() || tried.get(tried.size() - 1).why().contains("<engine>")) {
            return found;
        }
        throw nothingFound();
    }

    private Optional<EngineConnection> standard() {
        if (here.windows()) {
            return List.of("docker_engine", "dockerDesktopLinuxEngine", "podman-machine-default").stream()
                    .flatMap(pipe -> atHost("pipe", "npipe:////./pipe/" + pipe, Optional.empty()).stream())
                    .findFirst();
        }
        return StandardSockets.in(here).stream()
                .flatMap(socket ->
                        connected(EngineAddress.unix(socket, socket.toString()), socket.toString(), Route.DIRECT)
                                .stream())
                .findFirst();
    }

    private Optional<EngineConnection> startedByUs() {
        String place = "podman on the PATH";
        if (choice.kind() == Kind.DOCKER || here.windows()) {
            return Optional.empty();
        }
        Optional<Path> podman = here.program("podman");
        if (podman.isEmpty()) {
            tried.add(new Tried(place, "absent"));
            return Optional.empty();
        }
        try {
            PodmanService service = PodmanService.start(here, podman.get());
            String foundBy = podman.get() + " system service";
            return connected(EngineAddress.unix(service.socket(), foundBy), place, service);
        } catch (Unreachable e) {
            tried.add(new Tried(place, e.why()));
            return Optional.empty();
        }
    }

    private Optional<EngineConnection> atContext(String place, String name) {
        try {
            DockerContext context = DockerContext.named(name, here.dockerConfig());
            return atHost(place, context.host(), context.certificates());
        } catch (Unreachable e) {
            tried.add(new Tried(place, e.why()));
            return Optional.empty();
        }
    }

    private Optional<Path> environmentCertificates() {
        return here.variable("DOCKER_CERT_PATH")
                .map(Path::of)
                .or(() -> here.variable("DOCKER_TLS_VERIFY").map(set -> here.dockerConfig()));
    }

    private Optional<EngineConnection> atHost(String foundBy, String host, Optional<Path> certificates) {
        String place = foundBy + " (" + host.replaceFirst("//[^/@]*:[^/@]*@", "//...@") + ")";
        try {
            URI uri = new URI(host.strip().replace(" ", "%20"));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "unix" -> connected(EngineAddress.unix(Path.of(socketPath(uri)), foundBy), place, Route.DIRECT);
                case "npipe" -> connected(new EngineAddress(uri, Optional.empty(), foundBy), place, Route.DIRECT);
                case "tcp", "http", "https" -> connected(tcp(uri, certificates, foundBy), place, Route.DIRECT);
                case "ssh" -> overSsh(uri, foundBy, place);
                default ->
                    throw new Unreachable("not a place an engine can be at: write unix:///path/to/docker.sock,"
                            + " tcp://host:2376, ssh://user@host or npipe:////./pipe/name");
            };
        } catch (URISyntaxException e) {
            tried.add(new Tried(place, "not a URL: " + e.getReason()));
        } catch (Unreachable e) {
            tried.add(new Tried(place, e.why()));
        }
        return Optional.empty();
    }

    private static String socketPath(URI uri) throws Unreachable {
        String path = uri.getSchemeSpecificPart().replaceFirst("^//", "");
        if (!path.startsWith("/")) {
            throw new Unreachable("the socket's path must be absolute, as in unix:///var/run/docker.sock");
        }
        return path;
    }

    private static EngineAddress tcp(URI uri, Optional<Path> certificates, String foundBy) throws Unreachable {
        if (uri.getHost() == null) {
            throw new Unreachable("names no host, as in tcp://host:2376");
        }
        for (String name : List.of("ca.pem", "cert.pem", "key.pem")) {
            if (certificates.isPresent() && !Files.isReadable(certificates.get().resolve(name))) {
                throw new Unreachable("TLS needs " + certificates.get().resolve(name) + ", which cannot be read");
            }
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : certificates.isPresent() ? TLS_PORT : PLAIN_PORT;
        String host = uri.getHost();
        return new EngineAddress(URI.create("tcp://" + host + ":" + port), certificates, foundBy);
    }

    private Optional<EngineConnection> overSsh(URI uri, String foundBy, String place) throws Unreachable {
        if (here.windows() || uri.getHost() == null) {
            throw new Unreachable(here.windows() ? "ssh:// is not supported on Windows" : "names no host");
        }
        SshTunnel tunnel = SshTunnel.open(here, uri);
        return connected(EngineAddress.unix(tunnel.socket(), foundBy), place, tunnel);
    }

    private Optional<EngineConnection> connected(EngineAddress address, String place, Route route) {
        try {
            if ("unix".equals(address.host().getScheme())
                    && !Files.exists(Path.of(address.host().getPath()))) {
                throw new Unreachable("absent");
            }
            RegistryLogins logins = RegistryLogins.in(here.dockerConfig().resolve("config.json"));
            EngineConnection connection = EngineConnection.open(address, logins, route, patience);
            Kind kind = connection.info().isPodman() ? Kind.PODMAN : Kind.DOCKER;
            if (choice.kind() == Kind.AUTO || choice.kind() == kind) {
                return Optional.of(connection);
            }
            String name = connection.info().name();
            connection.close();
            tried.add(new Tried(
                    place,
                    "is %s, but <engine> asks for %s"
                            .formatted(name, choice.kind().toString().toLowerCase(Locale.ROOT))));
        } catch (Unreachable e) {
            route.close();
            tried.add(new Tried(place, e.why()));
        }
        return Optional.empty();
    }

    private EngineException nothingFound() {
        StringBuilder message = new StringBuilder("No container engine was found");
        message.append(
                switch (choice.kind()) {
                    case AUTO -> ".";
                    case DOCKER -> " that is Docker (<engine>docker</engine>).";
                    case PODMAN -> " that is Podman (<engine>podman</engine>).";
                });
        message.append(" Tried:");
        tried.stream()
                .filter(place -> !place.isAbsent())
                .forEach(place -> message.append("\n  - ")
                        .append(place.place())
                        .append(": ")
                        .append(place.why()));
        List<String> absent =
                tried.stream().filter(Tried::isAbsent).map(Tried::place).toList();
        if (!absent.isEmpty()) {
            message.append("\n  - absent: ").append(String.join(", ", absent));
        }
        return new EngineException(message.append("\n").append(advice()).toString());
    }

    private String advice() {
        boolean named =
                choice.host().isPresent() || here.variable("DOCKER_HOST").isPresent();
        if (tried.stream().anyMatch(place -> place.why().startsWith("permission denied"))) {
            return "This user may not use the socket: add it to the group that owns it (sudo usermod -aG docker $USER, then"
                    + " log in again), or use a rootless Docker or Podman.";
        }
        if (named) {
            return "Start the engine that is named there, or correct or unset "
                    + (choice.host().isPresent() ? "<engineHost>" : "DOCKER_HOST") + ".";
        }
        return "Start Docker (sudo systemctl start docker, or Docker Desktop), or install Docker or Podman, or name the"
                + " engine's address with DOCKER_HOST or -Dbootgate.engineHost=unix:///path/to/docker.sock.";
    }
}
