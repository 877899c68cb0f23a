package io.bootgate.deployment.compose;

import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.Ties;
import io.bootgate.deployment.Ties.Condition;
import io.bootgate.deployment.Ties.Need;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How a service stands to the others. */
final class ServiceTies {
    private ServiceTies() {}

    static Ties of(Part service) {
        return new Ties(
                source(service.get("build")),
                restartPolicy(service),
                needs(service),
                aliases(service),
                service.get("profiles").texts().orElse(List.of()),
                false,
                pids(service));
    }

    private static Optional<String> source(Part build) {
        if (!build.isGiven()) {
            return Optional.empty();
        }
        return Optional.of(
                build.isMapping()
                        ? "%s|%s|%s|%s"
                                .formatted(
                                        folder(build.get("context").text().orElse(".")),
                                        build.get("dockerfile").text().orElse("Dockerfile"),
                                        build.get("target").text().orElse(""),
                                        build.get("dockerfile_inline").text().orElse(""))
                        : "%s|Dockerfile||".formatted(folder(build.text().orElse("."))));
    }

    private static String folder(String context) {
        String plain = context.replaceFirst("^\\./", "").replaceFirst("/$", "");
        return plain.isEmpty() ? "." : plain;
    }

    static Optional<RestartPolicy> restartPolicy(Part service) {
        Part restart = service.get("restart");
        Part condition = service.get("deploy").get("restart_policy").get("condition");
        if (!restart.isGiven() && condition.isGiven()) {
            return condition.text().map(text -> switch (text) {
                case "none" -> RestartPolicy.NEVER;
                case "on-failure" -> RestartPolicy.ON_FAILURE;
                default -> RestartPolicy.ALWAYS;
            });
        }
        if (!restart.isGiven()) {
            return Optional.of(RestartPolicy.NEVER);
        }
        return restart.text().map(text -> switch (text.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "")) {
            case "always", "unless-stopped" -> RestartPolicy.ALWAYS;
            case "on-failure" -> RestartPolicy.ON_FAILURE;
            case "no", "false" -> RestartPolicy.NEVER;
            default -> throw restart.expected("\"no\", always, unless-stopped or on-failure");
        });
    }

    private static List<Need> needs(Part service) {
        List<Need> needs = new ArrayList<>();
        Part depends = service.get("depends_on");
        if (depends.isMapping()) {
            depends.fields().forEach((other, how) -> needs.add(new Need(other, condition(how))));
        } else {
            depends.items()
                    .forEach(item -> item.text().ifPresent(other -> needs.add(new Need(other, Condition.STARTED))));
        }
        Part links = service.get("links");
        links.items()
                .forEach(item -> item.text()
                        .map(link -> link.replaceFirst(":.*", ""))
                        .filter(other -> needs.stream()
                                .noneMatch(need -> need.container().equals(other)))
                        .ifPresent(other -> needs.add(new Need(other, Condition.STARTED))));
        return needs;
    }

    private static Condition condition(Part how) {
        String condition = how.isMapping() ? how.get("condition").text().orElse("") : "";
        return switch (condition) {
            case "service_healthy" -> Condition.HEALTHY;
            case "service_completed_successfully" -> Condition.COMPLETED;
            default -> Condition.STARTED;
        };
    }

    private static List<String> aliases(Part service) {
        List<String> aliases = new ArrayList<>();
        service.get("container_name").text().ifPresent(aliases::add);
        service.get("hostname").text().ifPresent(aliases::add);
        Part networks = service.get("networks");
        if (networks.isMapping()) {
            networks.fields().forEach((name, network) -> {
                if (network.isMapping()) {
                    network.get("aliases").texts().ifPresent(aliases::addAll);
                }
            });
        }
        return aliases.stream().distinct().toList();
    }

    private static OptionalLong pids(Part service) {
        Part own = service.get("pids_limit");
        Part limit = own.isGiven()
                ? own
                : service.get("deploy").get("resources").get("limits").get("pids");
        OptionalInt most = limit.integer();
        return most.isPresent() && most.getAsInt() > 0 ? OptionalLong.of(most.getAsInt()) : OptionalLong.empty();
    }
}
