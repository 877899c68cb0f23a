package io.bootgate.deployment.azure;

import io.bootgate.deployment.document.Mapping;
import io.bootgate.deployment.document.Mapping.Entry;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Node.Place;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Sequence;
import io.bootgate.deployment.document.Unknown;
import java.util.List;

/** Values of a template: nodes of a document, made where an expression stands. */
record Values(Place place) {
    Node text(String text, boolean secret) {
        return new Scalar(place, text, false, secret);
    }

    Node number(String number) {
        return new Scalar(place, number, true);
    }

    Node flag(boolean flag) {
        return new Scalar(place, String.valueOf(flag), true);
    }

    Node nothing() {
        return new Scalar(place, "null", true);
    }

    Node list(List<Node> items) {
        return new Sequence(place, items);
    }

    Node unknown(String why, boolean secret) {
        return new Unknown(place, why, secret);
    }

    static boolean isSecret(Node node) {
        return (node instanceof Scalar scalar && scalar.secret())
                || (node instanceof Unknown unknown && unknown.secret());
    }

    /** With all its parts marked as secret. */
    static Node secret(Node node) {
        if (node instanceof Scalar scalar) {
            return scalar.isNull() ? scalar : new Scalar(scalar.place(), scalar.text(), scalar.plain(), true);
        }
        if (node instanceof Sequence list) {
            return new Sequence(
                    list.place(), list.items().stream().map(Values::secret).toList());
        }
        if (node instanceof Mapping mapping) {
            return new Mapping(
                    mapping.place(),
                    mapping.entries().stream()
                            .map(entry -> new Entry(entry.at(), entry.key(), secret(entry.value())))
                            .toList());
        }
        Unknown unknown = (Unknown) node;
        return new Unknown(unknown.place(), unknown.why(), true);
    }
}
