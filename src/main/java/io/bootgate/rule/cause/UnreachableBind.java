package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.ServerBound;
import io.bootgate.timeline.BootEvent.SocketsSeen;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server listens on a Unix socket only. */
final class UnreachableBind implements CauseRule {
    private static final Pattern UNIX = Pattern.compile("unix:[^\\s'\"]+|--uds[\\s=]+\\S+|--socket[\\s=]+/\\S+");

    @Override
    public CauseId id() {
        return CauseId.UNREACHABLE_BIND;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        boolean othersOnly = Sightings.isAnsweredByOthersOnly(symptoms);
        if (!othersOnly
                && (Sightings.answered(symptoms).isPresent()
                        || !Sightings.listeners(symptoms).isEmpty())) {
            return Optional.empty();
        }
        Optional<ServerBound> bound = symptoms.timeline().last(ServerBound.class);
        if (othersOnly && bound.isEmpty()) {
            return Optional.empty();
        }
        return bound.isPresent()
                ? bound.filter(b -> b.addresses().stream().map(Address::of).noneMatch(Address::isTcp))
                        .map(b -> finding(
                                symptoms, String.join(", ", b.addresses()), Sightings.told(symptoms.timeline(), b)))
                : byCommand(symptoms);
    }

    /** A quiet server: its command names a Unix socket, its processes run, and no TCP port is open. */
    private Optional<Finding> byCommand(Symptoms symptoms) {
        Matcher unix = UNIX.matcher(CommandLine.of(symptoms.boot()).text());
        boolean running = symptoms.timeline()
                .last(ProcessesSeen.class)
                .map(table -> !Sightings.servers(table).isEmpty())
                .orElse(false);
        if (!unix.find() || !running || !symptoms.timeline().has(SocketsSeen.class)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                symptoms,
                unix.group(),
                new Evidence(
                        "sockets",
                        0,
                        symptoms.verdict().at(),
                        "The server runs and the container listens on no TCP port.")));
    }

    private Finding finding(Symptoms symptoms, String address, Evidence evidence) {
        return certain(
                "The server listens on %s only, which no network reaches.".formatted(address),
                List.of(evidence),
                Optional.empty(),
                LoopbackBind.option(
                        symptoms.boot().server(), symptoms.boot().expectedPort().orElse(8000)));
    }
}
