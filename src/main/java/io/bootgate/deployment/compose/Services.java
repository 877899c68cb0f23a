package io.bootgate.deployment.compose;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.document.DocumentReader;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The services of a Compose file with what they extend, and of the files that it includes. */
final class Services {
    private static final int DEEPEST = 20;
    /** Lists that are put together where a service extends another; all others are replaced. */
    private static final Set<String> JOINED = Set.of(
            "ports",
            "expose",
            "volumes",
            "env_file",
            "secrets",
            "configs",
            "tmpfs",
            "dns",
            "cap_add",
            "cap_drop",
            "links",
            "external_links",
            "extra_hosts");

    private static final Set<String> BY_NAME = Set.of("environment", "labels");

    private final SourceFiles files;
    private final Interpolation interpolation;
    private final Map<String, Map<String, Node>> readBefore = new LinkedHashMap<>();
    private final Map<String, Mapping> tops = new LinkedHashMap<>();

    Services(SourceFiles files, Interpolation interpolation) {
        this.files = files;
        this.interpolation = interpolation;
    }

    /** The services of a document by name, each whole. */
    Map<String, Part> of(Node document, Findings findings) {
        Map<String, Part> services = new LinkedHashMap<>();
        Part root = Part.root(interpolation.in(byName(document), findings), findings);
        root.node().ifPresent(node -> tops.put(findings.file(), (Mapping) node));
        Map<String, Node> own = raw(root);
        readBefore.put(findings.file(), own);
        for (Part included : root.get("include").items()) {
            include(included, services, findings);
        }
        own.forEach((name, service) -> {
            Node whole = extended(service, name, findings, 0);
            Part part = Part.root(
                    new Mapping(
                            whole.place(),
                            List.of(new Entry(
                                    whole.place(),
                                    "services",
                                    new Mapping(whole.place(), List.of(new Entry(whole.place(), name, whole)))))),
                    findings);
            services.put(name, part.get("services").get(name));
        });
        return services;
    }

    /** Everything beside services that the files declare under a key: volumes, secrets, configs. */
    boolean declares(String key, String name) {
        return tops.values().stream()
                .anyMatch(top -> top.get(key)
                        .filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast)
                        .flatMap(declared -> declared.get(name))
                        .isPresent());
    }

    /** The text of a secret or config, where the files have it. */
    Optional<String> content(String key, String name) {
        for (Map.Entry<String, Mapping> top : tops.entrySet()) {
            Part declared = Part.root(top.getValue(), new Findings(top.getKey()))
                    .get(key)
                    .get(name);
            if (declared.isMapping()) {
                Optional<String> text = declared.get("content").text();
                return text.or(() ->
                        declared.get("file").text().flatMap(file -> files.text(Paths.beside(top.getKey(), file))));
            }
        }
        return Optional.empty();
    }

    private void include(Part included, Map<String, Part> services, Findings findings) {
        Part path = included.isMapping() ? included.get("path") : included;
        List<Part> paths = path.isList() ? path.items() : List.of(path);
        for (Part one : paths) {
            Optional<String> name = one.text();
            if (name.isEmpty()) {
                continue;
            }
            String file = Paths.beside(findings.file(), name.get());
            if (tops.size() > DEEPEST || tops.containsKey(file)) {
                throw one.expected("a file that is not included already");
            }
            Findings there = findings.in(file);
            of(document(file, one, there), there).forEach(services::putIfAbsent);
        }
    }

    private Node document(String file, Part wanted, Findings findings) {
        String text = files.text(file)
                .orElseThrow(() -> wanted.findings()
                        .malformed(
                                wanted.place(),
                                "%s names the file %s, which is not there.".formatted(wanted.way(), file)));
        List<Node> documents = DocumentReader.read(text, findings);
        if (documents.isEmpty() || !(documents.get(0) instanceof Mapping)) {
            throw new DeploymentException(file + " is no Compose file.");
        }
        return documents.get(0);
    }

    private static Map<String, Node> raw(Part root) {
        Map<String, Node> services = new LinkedHashMap<>();
        root.get("services").fields().forEach((name, service) -> {
            if (service.isGiven() && !service.isMapping()) {
                throw service.expected("a mapping");
            }
            services.put(name, service.node().orElseGet(() -> new Mapping(service.place(), List.of())));
        });
        return services;
    }

    private Node extended(Node service, String name, Findings findings, int depth) {
        Part part = Part.root(service, findings);
        Part extended = part.get("extends");
        if (!extended.isGiven()) {
            return service;
        }
        if (depth > DEEPEST) {
            throw findings.malformed(
                    extended.place(),
                    "the service %s extends more than %d others, or itself.".formatted(name, DEEPEST));
        }
        Optional<String> file = extended.isMapping() ? extended.get("file").text() : Optional.empty();
        Optional<String> base = extended.isMapping() ? extended.get("service").text() : extended.text();
        if (base.isEmpty()) {
            throw extended.expected("the name of a service, or a mapping with service and file");
        }
        Findings there = file.map(path -> findings.in(Paths.beside(findings.file(), path)))
                .orElse(findings);
        Node found = services(there, extended).get(base.get());
        if (found == null) {
            throw findings.malformed(
                    extended.place(),
                    "the service %s extends %s, which is not in %s.".formatted(name, base.get(), there.file()));
        }
        Node whole = extended(found, base.get(), there, depth + 1);
        return merged(file.isPresent() ? Paths.moved(whole, there.file(), findings.file()) : whole, service);
    }

    private Map<String, Node> services(Findings there, Part wanted) {
        Map<String, Node> known = readBefore.get(there.file());
        if (known != null) {
            return known;
        }
        Node document = document(there.file(), wanted, there);
        Map<String, Node> read = raw(Part.root(interpolation.in(byName(document), there), there));
        readBefore.put(there.file(), read);
        return read;
    }

    private static Node merged(Node base, Node over) {
        if (!(base instanceof Mapping one) || !(over instanceof Mapping other)) {
            return over;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        one.entries().forEach(entry -> entries.put(entry.key(), entry));
        for (Entry entry : other.entries()) {
            Entry before = entries.get(entry.key());
            Node value = before == null ? entry.value() : merged(entry.key(), before.value(), entry.value());
            entries.put(entry.key(), new Entry(entry.at(), entry.key(), value));
        }
        return new Mapping(over.place(), new ArrayList<>(entries.values()));
    }

    private static Node merged(String key, Node base, Node over) {
        if (JOINED.contains(key)) {
            List<Node> items = new ArrayList<>(items(base));
            items.addAll(items(over));
            return new Sequence(over.place(), items);
        }
        return base instanceof Mapping && over instanceof Mapping ? merged(base, over) : over;
    }

    private static List<Node> items(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence.items();
        }
        return node instanceof Scalar scalar && scalar.isNull() ? List.of() : List.of(node);
    }

    /** Variables that are listed as {@code NAME=value} by their names, so that a value can be unknown and its name not. */
    private static Node byName(Node document) {
        if (!(document instanceof Mapping top)) {
            return document;
        }
        return changed(top, "services", services -> services instanceof Mapping all ? each(all) : services);
    }

    private static Mapping each(Mapping services) {
        return new Mapping(
                services.place(),
                services.entries().stream()
                        .map(entry -> entry.value() instanceof Mapping service
                                ? new Entry(entry.at(), entry.key(), withNames(service))
                                : entry)
                        .toList());
    }

    private static Mapping withNames(Mapping service) {
        Mapping named = service;
        for (String key : BY_NAME) {
            named = changed(named, key, value -> value instanceof Sequence list ? named(list) : value);
        }
        return named;
    }

    private static Mapping changed(Mapping mapping, String key, UnaryOperator<Node> change) {
        return new Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .map(entry -> entry.key().equals(key)
                                ? new Entry(entry.at(), key, change.apply(entry.value()))
                                : entry)
                        .toList());
    }

    private static Node named(Sequence list) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Node item : list.items()) {
            if (!(item instanceof Scalar scalar)) {
                return list;
            }
            int equals = scalar.text().indexOf('=');
            String name = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
            Scalar value = equals < 0
                    ? new Scalar(scalar.place(), "", true)
                    : new Scalar(scalar.place(), scalar.text().substring(equals + 1), false);
            entries.put(name, new Entry(scalar.place(), name, value));
        }
        return new Mapping(list.place(), new ArrayList<>(entries.values()));
    }
}
