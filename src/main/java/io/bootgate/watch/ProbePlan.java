package io.bootgate.watch;

import java.time.Duration;
import java.util.Map;

/**
 * How proof of service is asked for.
 *
 * @param path of the request, starting with a slash
 * @param headers sent with each request
 * @param timeout of one request
 * @param scheme {@code http}, {@code https}, or {@code auto}: https where the server's bind line says so
 */
public record ProbePlan(String path, Map<String, String> headers, Duration timeout, String scheme) {

    /** {@code /}, 5 s, the scheme of the bind line. */
    public static final ProbePlan DEFAULT = new ProbePlan("/", Map.of(), Duration.ofSeconds(5), "auto");

    public ProbePlan {
        headers = Map.copyOf(headers);
    }
}
