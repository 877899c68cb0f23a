package io.bootgate.deployment.kubernetes;

import io.bootgate.deployment.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Replaces {@code $(NAME)} by the variables before it, as the kubelet does: {@code $$} is one dollar, unknown names stay. */
final class Expansion {
    private final Map<String, Variable> variables;
    private final Set<String> unknown = new LinkedHashSet<>();
    private final List<Variable.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
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
            return Variable.unresolved(expansion.why(), hidden).of(expansion.parts);
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

    private String expand(String value) {
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            if (c != '$' || at + 1 == value.length()) {
                text.append(c);
                at++;
            } else if (value.charAt(at + 1) == '$') {
                text.append('$');
                at += 2;
            } else if (value.charAt(at + 1) == '(' && value.indexOf(')', at) > 0) {
                int end = value.indexOf(')', at);
                reference(value.substring(at + 2, end));
                at = end + 1;
            } else {
                text.append(c);
                at++;
            }
        }
        endText();
        return parts.stream().map(part -> part.name() ? "" : part.text()).collect(Collectors.joining());
    }

    private void reference(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            text.append("$(").append(name).append(')');
            return;
        }
        secret |= variable.secret();
        if (variable.isUnresolved()) {
            unknown.add(name);
            endText();
            parts.add(new Variable.Part(name, true));
        }
        text.append(variable.value().orElse(""));
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.add(new Variable.Part(text.toString(), false));
            text.setLength(0);
        }
    }
}
