package io.bootgate.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is read out of an engine's answers: times and error texts. */
final class Answers {
    static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    /** The engine's own sentence, out of docker-java's {@code Status 404: {"message":"..."}}. */
    static String message(DockerException refused) {
        String text = String.valueOf(refused.getMessage());
        int json = text.indexOf('{');
        return json < 0 ? text.strip() : message(text.substring(json));
    }

    /** The message field of an error body; the body as it is where it has none. */
    static String message(String body) {
        try {
            JsonNode message = JSON.readTree(body).path("message");
            return (message.isTextual() ? message.asText() : body).strip();
        } catch (JsonProcessingException e) {
            return body.strip();
        }
    }

    /** The innermost cause's message: the one that names the socket or the host. */
    static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Empty for Go's zero time too: engines write it where there is none. */
    static Optional<Instant> instant(@Nullable String text) {
        if (text == null || text.isEmpty() || text.startsWith("0001-01-01")) {
            return Optional.empty();
        }
        try {
            // Podman writes times in its local zone.
            return Optional.of(
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
