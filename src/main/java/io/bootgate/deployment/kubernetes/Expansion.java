package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.Variable;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Replaces {@code $(NAME)} by the variables before it, as the kubelet does: {@code $$} is one dollar, unknown names stay. */
final class Expansion {
    private final Map<String, Variable> variables;
    private final Set<String> unknown = new LinkedHashSet<>();
    private boolean secret;

    private Expansion(Map<String, Variable> variables) {
        this.variables = variables;
    }

    /** The value of a variable; unresolved if it refers to one that is. */
    static Variable of(Variable variable, Map<String, Variable> before) {
        Optional<String> value = variable.value();
        if (value.isEmpty()) {
            return variable;
        }
        Expansion expansion = new Expansion(before);
        String text = expansion.expand(value.get());
        boolean hidden = variable.secret() || expansion.secret;
        if (!expansion.unknown.isEmpty()) {
            return Variable.unresolved(expansion.why(), hidden);
        }
        return hidden ? Variable.secret(text) : Variable.plain(text);
    }

    /** A word of a command, and why it is not known if it is not: then it stays as it stands. */
    static Word word(String word, Map<String, Variable> variables) {
        Expansion expansion = new Expansion(variables);
        String text = expansion.expand(word);
        return expansion.unknown.isEmpty()
                ? new Word(text, Optional.empty())
                : new Word(word, Optional.of(expansion.why()));
    }

    record Word(String text, Optional<String> why) {}

    private String why() {
        return "it refers to " + String.join(", ", unknown) + ", which is not known";
    }

    private String expand(String text) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                expanded.append(c);
                at++;
            } else if (text.charAt(at + 1) == '$') {
                expanded.append('$');
                at += 2;
            } else if (text.charAt(at + 1) == '(' && text.indexOf(')', at) > 0) {
                int end = text.indexOf(')', at);
                expanded.append(value(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                expanded.append(c);
                at++;
            }
        }
        return expanded.toString();
    }

    private String value(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            return "$(" + name + ")";
        }
        secret |= variable.secret();
        if (variable.isUnresolved()) {
            unknown.add(name);
        }
        return variable.value().orElse("");
    }
}
