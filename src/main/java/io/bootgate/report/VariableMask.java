package io.bootgate.report;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Variable;
import io.bootgate.gate.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which values of a descriptor are shown. Secret is what the descriptor says is, what {@code <secretEnv>} names, and a name
 * whose last word says so ({@code SECRET_KEY}, but not {@code TOKEN_EXPIRY_SECONDS} or {@code KEY_PATH}): here a person reads
 * how a file was understood, and the limit of a token is nothing to hide.
 */
public final class VariableMask {
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?:.*[_.-])?(?:\\w*PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|\\w*SECRET|\\w*TOKEN|\\w*KEY|CREDENTIALS?)(?:[_.-]?\\d+)?|.*(?:CONNECTION_?STRING|CONN_STRING)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LOGIN_IN_URL = Pattern.compile("(\\b[a-zA-Z][\\w+.-]*://[^\\s/:@]*:)[^\\s/@]+(?=@)");
    private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");
    /** A shorter value that stands in another variable is likelier a word that both have in common. */
    private static final int LONG = 6;

    private final Secrets named;
    private final Secrets values;
    private final Secrets longValues;

    private VariableMask(Secrets named, List<String> hidden) {
        this.named = named;
        this.values = named.withValues(hidden);
        this.longValues = named.withValues(
                hidden.stream().filter(value -> value.length() >= LONG).toList());
    }

    /** For a deployment, with the names and patterns of secret variables that the user gives. */
    public static VariableMask of(Deployment deployment, List<String> secretEnv) {
        Secrets named = Secrets.only(secretEnv);
        VariableMask mask = new VariableMask(named, List.of());
        List<String> hidden = new ArrayList<>();
        Stream.concat(deployment.containers().stream(), deployment.initContainers().stream())
                .map(DeployedContainer::env)
                .forEach(env -> env.forEach((name, variable) -> {
                    if (mask.isSecret(name, variable)) {
                        variable.value().ifPresent(hidden::add);
                    }
                }));
        return new VariableMask(named, hidden);
    }

    boolean isSecret(String name, Variable variable) {
        return variable.secret()
                || named.isSecret(name)
                || (!variable.isUnresolved() && SECRET_NAME.matcher(name).matches() && !isPath(variable));
    }

    private static boolean isPath(Variable variable) {
        return variable.value().orElse("").matches("/[\\w.-]+(?:/[\\w.-]+)+");
    }

    /** Without the values of secret variables, and without passwords in URLs. */
    String mask(String text) {
        return withoutLogins(longValues.mask(text));
    }

    /** A word of a command: whatever secret is in it is there because it was put there. */
    String word(String text) {
        return withoutLogins(values.mask(text));
    }

    private static String withoutLogins(String text) {
        return LOGIN_IN_URL.matcher(text).replaceAll("$1" + Secrets.MASK);
    }

    String header(String name, String value) {
        return SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? Secrets.MASK : mask(value);
    }
}
