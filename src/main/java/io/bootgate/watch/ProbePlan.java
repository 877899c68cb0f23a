package io.bootgate.watch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    public ProbePlan {
        headers = Map.copyOf(headers);
    }

    /** What the headers log in with, with and without the scheme ({@code Bearer}): never to be printed. */
    public List<String> credentials() {
        return headers.entrySet().stream()
                .filter(header -> CREDENTIALS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .flatMap(value -> Stream.of(value, value.substring(value.indexOf(' ') + 1)))
                .toList();
    }
}
