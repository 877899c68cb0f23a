package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProbeAnswered;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.Group.Neighbour;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A container beside this one has the port: in one network only one of them can bind it. */
final class PortCollision implements CauseRule {
    @Override
    public CauseId id() {
        return CauseId.PORT_COLLISION;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        if (!symptoms.boot().group().sharedNetwork()
                || symptoms.boot().group().neighbours().isEmpty()) {
            return Optional.empty();
        }
        return told(symptoms).or(() -> answered(symptoms));
    }

    private Optional<Finding> told(Symptoms symptoms) {
        return BindFailure.in(symptoms)
                .filter(failure -> failure.kind() == BindFailure.Kind.IN_USE)
                .map(failure -> finding(symptoms, failure.address(), failure.port(), failure.evidence(symptoms)));
    }

    /** A server that says nothing of the port that it did not get. */
    private Optional<Finding> answered(Symptoms symptoms) {
        Optional<ProbeAnswered> answer = Sightings.answered(symptoms);
        return answer.filter(other -> !symptoms.timeline().has(ServerBound.class)
                        && Sightings.isAnsweredByOthersOnly(symptoms)
                        && owner(symptoms, OptionalInt.of(other.port())).isPresent())
                .map(other -> finding(
                        symptoms,
                        "port " + other.port(),
                        OptionalInt.of(other.port()),
                        List.of(Sightings.answer(other))));
    }

    private Finding finding(Symptoms symptoms, String address, OptionalInt port, List<Evidence> evidence) {
        Optional<Neighbour> owner = owner(symptoms, port);
        String who = owner.map(Neighbour::name)
                .orElseGet(() -> symptoms.boot().group().neighbours().stream()
                        .map(Neighbour::name)
                        .collect(Collectors.joining(" or ")));
        return certain(
                "%s is already taken by the container %s: the containers of a group have one network, and so one range of ports."
                        .formatted(address, who),
                evidence,
                Optional.empty(),
                "Give one of the two another port, in its command or variables and in the descriptor%s."
                        .formatted(
                                port.isPresent()
                                        ? ": for instance gunicorn --bind 0.0.0.0:%d".formatted(port.getAsInt() + 1)
                                        : ""));
    }

    private static Optional<Neighbour> owner(Symptoms symptoms, OptionalInt port) {
        List<Neighbour> all = symptoms.boot().group().neighbours();
        return all.stream()
                .filter(one -> port.isPresent() && one.ports().contains(port.getAsInt()))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty());
    }
}
