package io.bootgate.goal;

import io.bootgate.environment.Given;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.jspecify.annotations.Nullable;

/** Values of variables from the servers in the user's settings.xml, decrypted as Maven itself does it. */
record SettingsServers(Settings settings, SettingsDecrypter decrypter) {

    /** What of a server becomes the value. */
    private enum Property {
        PASSWORD("password", true),
        USERNAME("username", false),
        PASSPHRASE("passphrase", true);

        private final String word;
        private final boolean secret;

        Property(String word, boolean secret) {
            this.word = word;
            this.secret = secret;
        }

        @Nullable
        String of(Server server) {
            return switch (this) {
                case PASSWORD -> server.getPassword();
                case USERNAME -> server.getUsername();
                case PASSPHRASE -> server.getPassphrase();
            };
        }
    }

    /**
     * The value of a variable.
     *
     * @param reference a server's id for its password, or with {@code .username}, {@code .password} or {@code .passphrase}
     */
    Given value(String variable, String reference) {
        String parameter = "<envFromServers><%s>".formatted(variable);
        if (reference.isBlank()) {
            throw new IllegalArgumentException(
                    "%s names no server. Example: <envFromServers><%s>orders-db</%2$s></envFromServers>"
                            .formatted(parameter, variable));
        }
        Property property = Property.PASSWORD;
        Optional<Server> found = Optional.ofNullable(settings.getServer(reference));
        if (found.isEmpty()) {
            for (Property one : Property.values()) {
                if (reference.endsWith("." + one.word)) {
                    property = one;
                    found = Optional.ofNullable(
                            settings.getServer(reference.substring(0, reference.length() - one.word.length() - 1)));
                }
            }
        }
        Server server = found.orElseThrow(() -> new IllegalArgumentException(unknown(parameter, reference)));
        return new Given(
                value(decrypted(server, parameter), property, parameter),
                property.secret,
                "the server %s of settings.xml".formatted(server.getId()));
    }

    private Server decrypted(Server server, String parameter) {
        SettingsDecryptionResult result = decrypter.decrypt(new DefaultSettingsDecryptionRequest(server));
        List<SettingsProblem> problems = result.getProblems().stream()
                .filter(problem -> problem.getSeverity() != SettingsProblem.Severity.WARNING)
                .toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: the server %s in settings.xml can't be decrypted: %s. Check settings-security.xml, or encrypt it anew with"
                                    .formatted(
                                            parameter,
                                            server.getId(),
                                            problems.get(0).getMessage())
                            + " mvn --encrypt-password.");
        }
        return result.getServer();
    }

    private static String value(Server server, Property property, String parameter) {
        String value = property.of(server);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("%s: the server %s in settings.xml has no <%s>."
                    .formatted(parameter, server.getId(), property.word));
        }
        return value;
    }

    private String unknown(String parameter, String reference) {
        String known =
                settings.getServers().stream().map(Server::getId).sorted().collect(Collectors.joining(", "));
        return "%s is \"%s\", but settings.xml has no server of that id. %s. Example: <server><id>%2$s</id><password>...</password></server>"
                .formatted(parameter, reference, known.isEmpty() ? "It has none" : "There are: " + known);
    }
}
