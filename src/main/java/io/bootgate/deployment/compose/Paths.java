package io.bootgate.deployment.compose;

import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;

/** Paths in a Compose file count from the folder of that file. */
final class Paths {
    private Paths() {}

    /** A path that a file names, as it is asked for. */
    static String beside(String file, String path) {
        String plain = path.startsWith("./") ? path.substring(2) : path;
        int slash = file.lastIndexOf('/');
        boolean absolute = plain.startsWith("/") || plain.startsWith("~") || plain.matches("[A-Za-z]:[\\\\/].*");
        return absolute || slash < 0 ? plain : file.substring(0, slash + 1) + plain;
    }

    /** A service of another file, with the files of variables that it names as seen from this one. */
    static Node moved(Node service, String from, String to) {
        if (!(service instanceof Mapping mapping)) {
            return service;
        }
        int slash = from.lastIndexOf('/');
        String folder = slash < 0 ? "" : from.substring(0, slash + 1);
        int own = to.lastIndexOf('/');
        String base = own < 0 ? "" : to.substring(0, own + 1);
        if (folder.equals(base) || !folder.startsWith(base)) {
            return service;
        }
        String prefix = folder.substring(base.length());
        return new Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .map(entry -> entry.key().equals("env_file")
                                ? new Entry(entry.at(), entry.key(), prefixed(entry.value(), prefix))
                                : entry)
                        .toList());
    }

    private static Node prefixed(Node node, String prefix) {
        if (node instanceof Sequence list) {
            return new Sequence(
                    list.place(),
                    list.items().stream().map(item -> prefixed(item, prefix)).toList());
        }
        if (node instanceof Mapping mapping) {
            return new Mapping(
                    mapping.place(),
                    mapping.entries().stream()
                            .map(entry -> entry.key().equals("path")
                                    ? new Entry(entry.at(), entry.key(), prefixed(entry.value(), prefix))
                                    : entry)
                            .toList());
        }
        return node instanceof Scalar scalar
                ? new Scalar(scalar.place(), beside(prefix, scalar.text()), scalar.plain())
                : node;
    }
}
