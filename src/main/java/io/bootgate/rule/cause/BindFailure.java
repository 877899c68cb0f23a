package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.timeline.BootEvent.BindFailed;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.BootEvent.ServerBound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bind that failed for good, by the server's events or, for servers whose log is not read, by the operating system's words.
 *
 * @param address as {@code 0.0.0.0:80}, or {@code the port} if it is not told
 * @param isReasonTold whether the reason is in the log: up to Gunicorn 22 a denied port leaves none
 */
record BindFailure(Kind kind, String address, OptionalInt port, boolean isReasonTold, List<Evidence> lines) {
    enum Kind {
        IN_USE,
        INVALID,
        NOT_PERMITTED,
        OTHER
    }

    private static final Pattern WORDS = Pattern.compile(
            "(?:\\[Errno (98|99|13|-[235])\\]|\\bbind\\b|\\bport\\b|[Aa]ddress|getaddrinfo).*?(?:already in use|already allocated|is in use by|cannot assign requested"
                    + "|permission denied|name or service not known)"
                    + "|^(?:OSError: )?\\[Errno (?:98|99)\\]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern IS_BIND =
            Pattern.compile("address|\\bbind|\\bport\\b|listen|attempting to bind", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDPOINT = Pattern.compile(
            "\\('([^']*)', (\\d+)|(?:https?://)?(\\[[0-9a-f:]+\\]|[\\w.*-]*):(\\d{1,5})\\b|[Pp]ort (\\d+)");

    static Optional<BindFailure> in(Symptoms symptoms) {
        Optional<BindFailed> last = symptoms.timeline()
                .all(BindFailed.class)
                .filter(failed -> !boundAfter(symptoms, failed.at()))
                .reduce((earlier, later) -> later);
        return last.isPresent() ? Optional.of(of(symptoms, last.get())) : byWords(symptoms);
    }

    private static BindFailure of(Symptoms symptoms, BindFailed last) {
        List<BindFailed> all = symptoms.timeline().all(BindFailed.class).toList();
        String reasons = String.join("; ", all.stream().map(BindFailed::reason).toList());
        BindFailed told = all.stream()
                .filter(failed -> !failed.reason().isEmpty() && !failed.last())
                .findFirst()
                .orElse(last);
        String named = all.stream()
                .map(BindFailed::address)
                .filter(address -> !address.isEmpty())
                .findFirst()
                .orElse("");
        Address address = Address.of(named);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Sightings.told(symptoms.timeline(), told));
        if (!last.equals(told)) {
            evidence.add(Sightings.told(symptoms.timeline(), last));
        }
        boolean isTold = !reasons.replace("; ", "").isEmpty();
        OptionalInt port = address.isTcp() ? OptionalInt.of(address.port()) : OptionalInt.empty();
        Kind kind = isTold
                ? kind(reasons)
                : port.orElse(8000) < 1024
                        ? Kind.NOT_PERMITTED
                        // Up to Gunicorn 22 a name that does not resolve leaves no reason either.
                        : address.isTcp()
                                        && address.host().matches(".*[A-Za-z].*")
                                        && !address.host().startsWith("[")
                                ? Kind.INVALID
                                : Kind.OTHER;
        return new BindFailure(kind, says(address, named), port, isTold, evidence);
    }

    private static Optional<BindFailure> byWords(Symptoms symptoms) {
        // A log from elsewhere has no end to be told.
        boolean ended = Sightings.exit(symptoms).isPresent()
                || (symptoms.hasEnded() && !symptoms.timeline().has(Created.class));
        if (symptoms.timeline().has(ServerBound.class) || !ended) {
            return Optional.empty();
        }
        return symptoms.last(WORDS)
                .filter(match -> IS_BIND.matcher(match.line().text()).find())
                .filter(match -> kind(match.line().text()) != Kind.OTHER)
                .map(match -> {
                    Matcher endpoint = ENDPOINT.matcher(match.line().text());
                    boolean found = endpoint.find();
                    String host = found ? first(endpoint, 1, 3) : "";
                    String port = found ? first(endpoint, 2, 4, 5) : "";
                    OptionalInt number =
                            port.isEmpty() ? symptoms.boot().expectedPort() : OptionalInt.of(Integer.parseInt(port));
                    String address = number.isEmpty()
                            ? "the port"
                            : host.isEmpty() ? "port " + number.getAsInt() : host + ":" + number.getAsInt();
                    return new BindFailure(
                            kind(match.line().text()),
                            address,
                            number,
                            true,
                            List.of(match.line().evidence()));
                });
    }

    private static String first(Matcher matcher, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }

    private static Kind kind(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        if (text.contains("in use") || text.contains("already allocated")) {
            return Kind.IN_USE;
        }
        if (text.contains("permission denied") || text.contains("errno 13")) {
            return Kind.NOT_PERMITTED;
        }
        if (text.contains("invalid address")
                || text.contains("cannot assign requested")
                || text.contains("name or service not known")
                || text.contains("errno 99")
                || text.contains("errno -")) {
            return Kind.INVALID;
        }
        return Kind.OTHER;
    }

    private static boolean boundAfter(Symptoms symptoms, Duration at) {
        return symptoms.timeline()
                .all(ServerBound.class)
                .anyMatch(bound -> bound.at().compareTo(at) > 0);
    }

    private static String says(Address address, String named) {
        return address.isTcp() ? address.host() + ":" + address.port() : named.isEmpty() ? "the port" : named;
    }

    List<Evidence> evidence(Symptoms symptoms) {
        return lines.isEmpty()
                ? List.of(Sightings.engine(symptoms.verdict().at(), "The server could not bind " + address))
                : lines;
    }
}
