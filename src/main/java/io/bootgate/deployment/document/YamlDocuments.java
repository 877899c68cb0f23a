package io.bootgate.deployment.document;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.document.Node.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML. Built from the parser's events, because a tree of objects has neither places nor the spelling of its scalars: what
 * {@code no}, {@code 010} or {@code 2222:22} mean differs from platform to platform.
 */
final class YamlDocuments {
    private static final int MOST_CHARACTERS = 500_000;
    private static final int MOST_NODES = 50_000;
    /** What aliases may add; real files stay below a few hundred. */
    private static final int MOST_REPEATED_NODES = 100_000;

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Set<String> TAGS =
            Set.of("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "binary", "set", "omap", "merge");
    /** Compose's own. */
    private static final Set<String> COMPOSE_TAGS = Set.of("!reset", "!override");

    private final Findings findings;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long nodes;
    private long repeated;

    /** @param size how many nodes it is when each of its aliases is written out */
    private record Anchored(Node node, long size) {}

    private YamlDocuments(String text, Findings findings) {
        this.findings = findings;
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setLabel(findings.file())
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    static List<Node> read(String text, Findings findings) {
        if (text.length() > MOST_CHARACTERS) {
            throw new DeploymentException("%s has %d characters of YAML; Bootgate reads up to %d."
                    .formatted(findings.file(), text.length(), MOST_CHARACTERS));
        }
        try {
            return new YamlDocuments(text, findings).documents();
        } catch (MarkedYamlEngineException e) {
            Place place = place(e.getProblemMark().or(e::getContextMark));
            throw findings.malformed(place, "this is not YAML: " + reason(e));
        } catch (YamlEngineException e) {
            String reason = Objects.requireNonNullElse(e.getMessage(), "cannot be read");
            throw new DeploymentException(findings.file() + " is not YAML: "
                    + reason.lines().findFirst().orElse(""));
        }
    }

    private static String reason(MarkedYamlEngineException e) {
        String problem = Objects.requireNonNullElse(e.getProblem(), "cannot be read");
        String context = e.getContext();
        return (context == null || context.isBlank() ? problem : problem + ", " + context) + ".";
    }

    private List<Node> documents() {
        List<Node> documents = new ArrayList<>();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
            } else if (event instanceof NodeEvent node) {
                documents.add(node(node, 0));
            }
        }
        return documents;
    }

    private Node node(NodeEvent event, int depth) {
        Place place = place(event.getStartMark());
        if (depth > DocumentReader.DEEPEST) {
            throw findings.malformed(place, "this is nested deeper than %d levels.".formatted(DocumentReader.DEEPEST));
        }
        if (event instanceof AliasEvent alias) {
            return repeated(alias.getAlias(), place);
        }
        if (nodes > MOST_NODES) {
            throw findings.malformed(place, "there are more than %d keys and values up to here.".formatted(MOST_NODES));
        }
        long before = nodes++ + repeated;
        Node node = content(event, place, depth);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, nodes + repeated - before)));
        return node;
    }

    private Node content(NodeEvent event, Place place, int depth) {
        if (event instanceof ScalarEvent scalar) {
            String tag = tag(scalar.getTag(), place);
            boolean plain = scalar.isPlain() && !tag.equals("str");
            return tag.equals("!reset") ? new Scalar(place, "", true) : new Scalar(place, scalar.getValue(), plain);
        }
        if (event instanceof SequenceStartEvent sequence) {
            boolean reset = tag(sequence.getTag(), place).equals("!reset");
            Sequence read = new Sequence(place, items(depth));
            return reset ? new Scalar(place, "", true) : read;
        }
        boolean reset = tag(((MappingStartEvent) event).getTag(), place).equals("!reset");
        Mapping read = mapping(place, depth);
        return reset ? new Scalar(place, "", true) : read;
    }

    private List<Node> items(int depth) {
        List<Node> items = new ArrayList<>();
        for (Event next = events.next(); next instanceof NodeEvent item; next = events.next()) {
            items.add(node(item, depth + 1));
        }
        return items;
    }

    private Mapping mapping(Place place, int depth) {
        Keys keys = new Keys(findings);
        for (Event next = events.next(); next instanceof NodeEvent keyEvent; next = events.next()) {
            Node key = node(keyEvent, depth + 1);
            if (!(key instanceof Scalar name)) {
                throw findings.malformed(key.place(), "a key must be text here, not a list or a mapping.");
            }
            Node value = node((NodeEvent) events.next(), depth + 1);
            if (name.plain() && name.text().equals("<<")) {
                merge(keys, value);
            } else {
                keys.put(key.place(), name.text(), value);
            }
        }
        return keys.at(place);
    }

    private void merge(Keys keys, Node value) {
        if (value instanceof Mapping other) {
            keys.merge(other);
        } else if (value instanceof Sequence several) {
            several.items().forEach(each -> merge(keys, each));
        } else if (!(value instanceof Scalar none && none.isNull())) {
            throw findings.malformed(
                    value.place(),
                    "\"<<\" takes the keys of a mapping, or of a list of mappings. Example: <<: *defaults");
        }
    }

    private Node repeated(Anchor anchor, Place place) {
        Anchored anchored = anchors.get(anchor);
        if (anchored == null) {
            throw findings.malformed(
                    place,
                    "the alias *%s refers to an anchor that is not there, or not complete yet. Write &%s at what is meant, above."
                            .formatted(anchor.getValue(), anchor.getValue()));
        }
        repeated += anchored.size();
        if (repeated > MOST_REPEATED_NODES) {
            throw findings.malformed(
                    place,
                    "the aliases up to here stand for more than %d nodes; no real descriptor does that."
                            .formatted(MOST_REPEATED_NODES));
        }
        return anchored.node();
    }

    private String tag(Optional<String> tag, Place place) {
        String name = tag.orElse("");
        if (name.isEmpty() || name.equals("!")) {
            return "";
        }
        if (name.startsWith(STANDARD) && TAGS.contains(name.substring(STANDARD.length()))) {
            return name.substring(STANDARD.length());
        }
        if (COMPOSE_TAGS.contains(name)) {
            return name;
        }
        throw findings.malformed(
                place, "the type tag %s is not read: descriptors hold plain values only. Remove it.".formatted(name));
    }

    private static Place place(Optional<? extends @Nullable Mark> mark) {
        return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(new Place(1, 1));
    }
}
