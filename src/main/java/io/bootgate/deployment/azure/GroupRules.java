package io.bootgate.deployment.azure;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.EndingCommand;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node.Place;
import io.bootgate.deployment.document.Part;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What Azure Container Instances refuses or does unexpectedly, as far as it shows without a boot. */
final class GroupRules {
    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]{0,62}";
    private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(4);
    private static final long GIB = 1L << 30;
    private static final long MOST_MEMORY = 16 * GIB;

    private final Part group;
    private final Part properties;
    private final Workload workload;
    private final Findings findings;

    private GroupRules(Part group, Workload workload) {
        this.group = group;
        this.properties = group.get("properties");
        this.workload = workload;
        this.findings = group.findings();
    }

    static void check(Part group, Workload workload) {
        GroupRules rules = new GroupRules(group, workload);
        rules.checkGroup();
        rules.checkNames();
        rules.checkPorts();
        rules.checkTotal();
        rules.checkLimits();
        rules.checkCommands();
    }

    private void checkGroup() {
        Part system = properties.get("osType");
        if (!system.isGiven()) {
            properties.missing("osType");
        } else if (system.text().filter("windows"::equalsIgnoreCase).isPresent()) {
            findings.error(
                    "NOT_LINUX",
                    system.place(),
                    "The group is of the osType Windows; Bootgate boots Linux containers.");
        }
        if (properties.get("containers").unknown().isEmpty()
                && workload.containers().isEmpty()) {
            properties.missing("containers");
        }
    }

    private void checkNames() {
        group.get("name")
                .text()
                .filter(name -> !name.matches(NAME))
                .ifPresent(name -> invalid(group.get("name").place(), "group", name));
        Set<String> names = new HashSet<>();
        everyContainer((part, container) -> {
            if (!container.name().matches(NAME)) {
                invalid(part.get("name").place(), "container", container.name());
            }
            if (!names.add(container.name())) {
                findings.error(
                        "DUPLICATE_NAME",
                        part.place(),
                        "Two containers of the group are named %s.".formatted(container.name()));
            }
            container.env().keySet().stream()
                    .filter(name -> !name.matches(VARIABLE))
                    .forEach(name -> findings.warning(
                            "NAME_INVALID",
                            part.place(),
                            "The variable name \"%s\" of the container %s has characters that Azure refuses."
                                    .formatted(name, container.name())));
        });
    }

    private void invalid(Place place, String what, String name) {
        findings.warning(
                "NAME_INVALID",
                place,
                "The name \"%s\" of the %s is not what Azure documents: 1 to 63 lower-case letters, digits and hyphens."
                        .formatted(name, what));
    }

    private void checkPorts() {
        Part address = properties.get("ipAddress");
        Map<Port, String> owners = new HashMap<>();
        everyContainer((part, container) -> container.ports().forEach(port -> {
            String owner = owners.putIfAbsent(port, container.name());
            Place place = part.get("properties").get("ports").place();
            if (owner != null) {
                findings.error(
                        "PORT_COLLISION",
                        place,
                        "The containers %s and %s both have the port %s; a group has one network, so only one can bind it."
                                .formatted(owner, container.name(), shown(port)));
            }
            if (address.isMapping() && !workload.publicPorts().contains(port)) {
                findings.notice(
                        "PORT_NOT_PUBLIC",
                        place,
                        "The port %s of the container %s is not in ipAddress.ports: it is reached from inside of the group only."
                                .formatted(shown(port), container.name()));
            }
        }));
        for (Port port : workload.publicPorts()) {
            if (!owners.containsKey(port)) {
                findings.warning(
                        "PUBLIC_PORT_WITHOUT_CONTAINER",
                        address.get("ports").place(),
                        "ipAddress.ports has the port %s, but no container has it in its ports."
                                .formatted(shown(port)));
            }
        }
        if (!address.isGiven() && !owners.isEmpty()) {
            findings.notice(
                    "NO_PUBLIC_ADDRESS",
                    properties.place(),
                    "The group has no ipAddress: none of its ports can be reached from outside.");
        }
    }

    private static String shown(Port port) {
        return port.port() + "/" + port.protocol();
    }

    private void checkTotal() {
        Optional<BigDecimal> cpus = cpus();
        OptionalLong memory = memory();
        Place place = properties.get("containers").place();
        boolean several = workload.containers().size() > 1;
        if (cpus.filter(sum -> sum.compareTo(MOST_CPUS) > 0).isPresent()
                || (memory.isPresent() && memory.getAsLong() > MOST_MEMORY)) {
            findings.notice(
                    "GROUP_LARGE",
                    place,
                    "The containers request %s CPUs and %s GB in total; beyond 4 CPUs or 16 GB not every region has room for the group."
                            .formatted(
                                    cpus.map(BigDecimal::toPlainString).orElse("?"),
                                    memory.isPresent() ? gigabytes(memory.getAsLong()) : "?"));
        }
        if (several
                && (cpus.filter(sum -> sum.compareTo(BigDecimal.ONE) < 0).isPresent()
                        || (memory.isPresent() && memory.getAsLong() < GIB))) {
            findings.warning(
                    "GROUP_SMALL",
                    place,
                    "The containers request less than the group's minimum of 1 CPU and 1 GB in total.");
        }
    }

    private static String gigabytes(long bytes) {
        return BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(GIB))
                .stripTrailingZeros()
                .toPlainString();
    }

    private void checkLimits() {
        Optional<BigDecimal> cpus = cpus();
        OptionalLong memory = memory();
        everyContainer((part, container) -> {
            Part resources = part.get("properties").get("resources");
            checkGraphics(resources, container);
            Place place = resources.get("limits").place();
            container
                    .cpu()
                    .limit()
                    .filter(limit -> cpus.isPresent() && limit.compareTo(cpus.get()) > 0)
                    .ifPresent(limit -> findings.error(
                            "LIMIT_ABOVE_GROUP",
                            place,
                            "The limit of %s CPUs of the container %s is above the group's total of %s, the sum of all requests."
                                    .formatted(
                                            limit.toPlainString(),
                                            container.name(),
                                            cpus.get().toPlainString())));
            OptionalLong limit = container.memory().limit();
            if (limit.isPresent() && memory.isPresent() && limit.getAsLong() > memory.getAsLong()) {
                findings.error(
                        "LIMIT_ABOVE_GROUP",
                        place,
                        "The limit of %s GB of the container %s is above the group's total of %s GB, the sum of all requests."
                                .formatted(
                                        gigabytes(limit.getAsLong()), container.name(), gigabytes(memory.getAsLong())));
            }
        });
    }

    /** Empty if one is not known. */
    private Optional<BigDecimal> cpus() {
        return workload.containers().stream()
                .map(container -> container.cpu().request())
                .reduce(Optional.of(BigDecimal.ZERO), (sum, next) -> sum.flatMap(all -> next.map(all::add)));
    }

    private OptionalLong memory() {
        List<OptionalLong> requests = workload.containers().stream()
                .map(container -> container.memory().request())
                .toList();
        return requests.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(
                        requests.stream().mapToLong(OptionalLong::getAsLong).sum())
                : OptionalLong.empty();
    }

    private void checkGraphics(Part resources, DeployedContainer container) {
        Part graphics = resources.get("requests").get("gpu");
        if (graphics.isGiven()) {
            findings.notice(
                    "GPU_NOT_BOOTED",
                    graphics.place(),
                    "The container %s asks for a GPU. Azure has retired these SKUs, and Bootgate boots without one."
                            .formatted(container.name()));
        }
    }

    private void checkCommands() {
        if (workload.restartPolicy().filter(RestartPolicy.ALWAYS::equals).isEmpty()) {
            return;
        }
        everyContainer((part, container) -> EndingCommand.in(container)
                .ifPresent(command -> findings.warning(
                        "COMMAND_ENDS",
                        part.get("properties").get("command").place(),
                        "The command of %s ends by itself (%s), and restartPolicy Always starts it again for ever. Use OnFailure or Never, or a command that stays."
                                .formatted(container.name(), command))));
    }

    private interface Rule {
        void check(Part part, DeployedContainer container);
    }

    private void everyContainer(Rule rule) {
        List<Part> parts = properties.get("containers").items();
        for (int i = 0; i < parts.size(); i++) {
            rule.check(parts.get(i), workload.containers().get(i));
        }
    }
}
