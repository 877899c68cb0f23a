package io.bootgate.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bootgate.autopsy.Environment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of a service, as {@code report.json} tells them; null where nobody recorded them. */
final class EnvironmentJson {
    private EnvironmentJson() {}

    static JsonNode of(Optional<Environment> environment) {
        return environment.<JsonNode>map(EnvironmentJson::rows).orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static ArrayNode rows(Environment environment) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        environment
                .variables()
                .forEach(variable -> row(
                        rows.addObject(),
                        variable.name(),
                        true,
                        variable.set(),
                        variable.required(),
                        variable.hasDefault(),
                        variable.byLibrary(),
                        variable.places(),
                        null));
        environment
                .unread()
                .forEach(unread -> row(
                        rows.addObject(),
                        unread.name(),
                        false,
                        true,
                        false,
                        false,
                        false,
                        List.of(),
                        unread.meant().orElse(null)));
        return rows;
    }

    private static void row(
            ObjectNode row,
            String name,
            boolean read,
            boolean set,
            boolean required,
            boolean hasDefault,
            boolean library,
            List<String> places,
            @Nullable String meant) {
        row.put("name", name)
                .put("read", read)
                .put("set", set)
                .put("required", required)
                .put("default", hasDefault)
                .put("library", library);
        ArrayNode where = row.putArray("where");
        places.forEach(where::add);
        row.put("meant", meant);
    }
}
