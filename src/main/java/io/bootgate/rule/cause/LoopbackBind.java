package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.Socket;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The server is bound to 127.0.0.1 or ::1, which is the container itself and nobody else. */
final class LoopbackBind implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.LOOPBACK_BIND;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        if (Sightings.answered(symptoms).isPresent()) {
            return Optional.empty();
        }
        return byItsWords(symptoms).or(() -> bySockets(symptoms));
    }

    private Optional<Finding> byItsWords(Symptoms symptoms) {
        return symptoms.timeline()
                .last(ServerBound.class)
                .filter(bound -> isLoopbackOnly(bound) && !isReachable(symptoms))
                .map(bound -> {
                    int port = bound.addresses().stream()
                            .map(Address::of)
                            .filter(Address::isTcp)
                            .findFirst()
                            .map(Address::port)
                            .orElse(8000);
                    return finding(
                            symptoms,
                            String.join(", ", bound.addresses()),
                            port,
                            Sightings.told(symptoms.timeline(), bound));
                });
    }

    private static boolean isLoopbackOnly(ServerBound bound) {
        List<Address> tcp = bound.addresses().stream()
                .map(Address::of)
                .filter(Address::isTcp)
                .toList();
        return !tcp.isEmpty() && tcp.stream().allMatch(Address::isLoopback);
    }

    /** Something else, a proxy perhaps, listens to the outside on the port that counts. */
    private static boolean isReachable(Symptoms symptoms) {
        OptionalInt expected = symptoms.boot().expectedPort();
        return Sightings.listeners(symptoms).stream()
                .anyMatch(socket -> !Sightings.isLoopback(socket.address())
                        && expected.isPresent()
                        && socket.port() == expected.getAsInt());
    }

    private Optional<Finding> bySockets(Symptoms symptoms) {
        if (symptoms.timeline().has(ServerBound.class)) {
            return Optional.empty();
        }
        List<Socket> listeners = Sightings.listeners(symptoms);
        OptionalInt expected = symptoms.boot().expectedPort();
        List<Socket> there = listeners.stream()
                .filter(socket -> expected.isEmpty() || socket.port() == expected.getAsInt())
                .toList();
        List<Socket> counted = there.isEmpty() ? listeners : there;
        if (counted.isEmpty() || !counted.stream().allMatch(socket -> Sightings.isLoopback(socket.address()))) {
            return Optional.empty();
        }
        Socket socket = counted.get(0);
        String address = socket.address() + ":" + socket.port();
        return Optional.of(finding(
                symptoms,
                address,
                socket.port(),
                new Evidence(
                        "sockets",
                        0,
                        symptoms.verdict().at(),
                        "The container listens on %s and on no address that is reachable from outside."
                                .formatted(address))));
    }

    private Finding finding(Symptoms symptoms, String address, int port, Evidence evidence) {
        CommandLine command = CommandLine.of(symptoms.boot());
        boolean byDefault = symptoms.boot().server().equals("gunicorn")
                && command.option("-b", "--bind").isEmpty()
                && address.contains("127.0.0.1:8000");
        return certain(
                "The server listens on %s, which only the container itself can reach%s."
                        .formatted(address, byDefault ? "; without -b this is Gunicorn's default" : ""),
                List.of(evidence),
                Optional.empty(),
                option(symptoms.boot().server(), symptoms.boot().expectedPort().orElse(port)));
    }

    /** How this server is told to listen to the outside. */
    static String option(String server, int port) {
        return switch (server) {
            case "uvicorn", "flask" -> "Bind all addresses: --host 0.0.0.0 --port %d.".formatted(port);
            case "django" -> "Bind all addresses: python manage.py runserver 0.0.0.0:%d.".formatted(port);
            case "waitress" -> "Bind all addresses: waitress-serve --listen=0.0.0.0:%d.".formatted(port);
            case "uwsgi" -> "Bind all addresses: --http-socket 0.0.0.0:%d.".formatted(port);
            case "hypercorn", "gunicorn" -> "Bind all addresses: -b 0.0.0.0:%d.".formatted(port);
            default -> "Bind all addresses of the container: 0.0.0.0:%d.".formatted(port);
        };
    }
}
