package io.bootgate.watch;

import java.net.URI;
import java.util.Optional;

/** Where an answer sends a platform's probe, which follows within the same host only. */
record Redirect(String path, boolean tls) {

    static Optional<Redirect> of(int status, String location, String host, boolean tls) {
        if (status < 300 || status > 399 || status == 304 || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI from = URI.create((tls ? "https://" : "http://") + host + "/");
            URI to = from.resolve(location);
            if (to.getHost() == null || !to.getHost().equals(from.getHost()) || to.getPort() != from.getPort()) {
                return Optional.empty();
            }
            String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
            String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
            return Optional.of(new Redirect(path + query, "https".equals(to.getScheme())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
