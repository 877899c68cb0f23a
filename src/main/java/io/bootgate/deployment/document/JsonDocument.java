package io.bootgate.deployment.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.document.Node.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON, with what Azure Resource Manager allows beyond it: comments and line breaks in text. */
final class JsonDocument {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DocumentReader.DEEPEST)
                    .build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** A Terraform plan of hundreds of resources stays below. */
    private static final int MOST_NODES = 300_000;

    private final Findings findings;
    private final JsonParser parser;
    private int nodes;

    private JsonDocument(JsonParser parser, Findings findings) {
        this.findings = findings;
        this.parser = parser;
    }

    static Node read(String text, Findings findings) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonDocument document = new JsonDocument(parser, findings);
            Node root = document.node(parser.nextToken());
            if (parser.nextToken() != null) {
                throw findings.malformed(document.place(), "there is more text after the end of the JSON document.");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw findings.malformed(place(e.getLocation()), "this is not JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw new DeploymentException(findings.file() + " cannot be read: " + e.getMessage());
        }
    }

    private Node node(JsonToken token) throws IOException {
        Place place = place();
        if (++nodes > MOST_NODES) {
            throw findings.malformed(place, "there are more than %d values up to here.".formatted(MOST_NODES));
        }
        if (token == JsonToken.START_OBJECT) {
            Keys keys = new Keys(findings);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Place at = place();
                String key = parser.currentName();
                keys.put(at, key, node(parser.nextToken()));
            }
            return keys.at(place);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                items.add(node(next));
            }
            return new Sequence(place, items);
        }
        return new Scalar(place, parser.getText(), token != JsonToken.VALUE_STRING);
    }

    private Place place() {
        return place(parser.currentTokenLocation());
    }

    private static Place place(JsonLocation location) {
        return location == null ? new Place(1, 1) : new Place(location.getLineNr(), location.getColumnNr());
    }
}
