package io.bootgate.engine.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an engine is said to be.
 *
 * @param host in docker-java's form: {@code unix:///run/x.sock}, {@code tcp://host:2375}, {@code npipe:////./pipe/x}
 * @param certificates folder with ca.pem, cert.pem and key.pem, for TLS
 * @param foundBy what named the place: {@code DOCKER_HOST}, {@code context colima}, {@code /var/run/docker.sock}
 */
record EngineAddress(URI host, Optional<Path> certificates, String foundBy) {

    static EngineAddress unix(Path socket, String foundBy) {
        // Made from its parts, so that a blank or a percent sign in the path is escaped.
        URI host = URI.create("unix://" + socket.toUri().getRawPath());
        return new EngineAddress(host, Optional.empty(), foundBy);
    }

    boolean isOverTcp() {
        return "tcp".equals(host.getScheme());
    }

    /** For people: without credentials, blanks as they are. */
    String shown() {
        if ("unix".equals(host.getScheme()) || "npipe".equals(host.getScheme())) {
            return host.getScheme() + "://" + host.getPath();
        }
        return host.getScheme() + "://" + host.getHost() + (host.getPort() < 0 ? "" : ":" + host.getPort());
    }
}
