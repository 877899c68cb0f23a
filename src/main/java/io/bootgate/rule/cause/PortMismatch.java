package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ServerBound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The server listens to the outside, but not on the port that must be served. */
final class PortMismatch implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.PORT_MISMATCH;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        OptionalInt expected = symptoms.boot().expectedPort();
        if (expected.isEmpty() || isServed(symptoms, expected.getAsInt())) {
            return Optional.empty();
        }
        return byItsWords(symptoms, expected.getAsInt()).or(() -> bySockets(symptoms, expected.getAsInt()));
    }

    private static boolean isServed(Symptoms symptoms, int port) {
        return symptoms.timeline().all(ProbeAnswered.class).anyMatch(answer -> answer.port() == port)
                || Sightings.listeners(symptoms).stream().anyMatch(socket -> socket.port() == port);
    }

    private Optional<Finding> byItsWords(Symptoms symptoms, int expected) {
        Optional<ServerBound> bound = symptoms.timeline().last(ServerBound.class);
        List<Address> outside = bound.stream()
                .flatMap(b -> b.addresses().stream())
                .map(Address::of)
                .filter(address -> address.isTcp() && !address.isLoopback())
                .toList();
        boolean there = bound.stream()
                .flatMap(b -> b.addresses().stream())
                .anyMatch(address -> Address.of(address).port() == expected);
        if (outside.isEmpty() || there) {
            return Optional.empty();
        }
        return bound.map(
                b -> finding(symptoms, expected, outside.get(0).port(), Sightings.told(symptoms.timeline(), b)));
    }

    private Optional<Finding> bySockets(Symptoms symptoms, int expected) {
        if (symptoms.timeline().has(ServerBound.class) && !Sightings.isBindSeenThrough(symptoms)) {
            return Optional.empty();
        }
        return Sightings.listeners(symptoms).stream()
                .filter(socket -> !Sightings.isLoopback(socket.address()))
                .findFirst()
                .map(socket -> finding(
                        symptoms,
                        expected,
                        socket.port(),
                        new Evidence(
                                "sockets",
                                0,
                                symptoms.verdict().at(),
                                "The container listens on %s:%d.".formatted(socket.address(), socket.port()))));
    }

    private Finding finding(Symptoms symptoms, int expected, int actual, Evidence evidence) {
        String why = symptoms.boot().exposedPorts().contains(expected)
                ? "the port that the image EXPOSEs"
                : "the expected port";
        return certain(
                "The server listens on port %d, and %d is %s.".formatted(actual, expected, why),
                List.of(evidence),
                Optional.empty(),
                "%s Or expect the other port: <port>%d</port> and EXPOSE %2$d."
                        .formatted(LoopbackBind.option(symptoms.boot().server(), expected), actual));
    }
}
