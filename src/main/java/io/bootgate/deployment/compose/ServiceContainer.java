package io.bootgate.deployment.compose;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.DeployedContainer.Cpu;
import io.bootgate.deployment.DeployedContainer.Memory;
import io.bootgate.deployment.Probe;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.Variable;
import io.bootgate.deployment.document.Part;
import io.bootgate.deployment.document.Scalar;
import io.bootgate.deployment.document.Unknown;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The container of one service. */
final class ServiceContainer {
    private static final String OF_THE_DEPLOYER = "taken from the environment of whoever deploys";

    private final Part service;
    private final String name;
    private final Services services;
    private final SourceFiles files;
    private final Map<String, String> known;
    private final List<String> sources = new ArrayList<>();

    ServiceContainer(Part service, String name, Services services, SourceFiles files, Map<String, String> known) {
        this.service = service;
        this.name = name;
        this.services = services;
        this.files = files;
        this.known = known;
    }

    DeployedContainer read(PublishedPorts ports) {
        if (!service.get("image").isGiven()
                && !service.get("build").isGiven()
                && !service.get("provider").isGiven()) {
            service.missing("image or build");
        }
        Map<String, Variable> variables = variables();
        return new DeployedContainer(
                name,
                service.get("image").text(),
                ComposeText.words(service.get("entrypoint")),
                ComposeText.words(service.get("command")),
                variables,
                sources,
                ports.own(),
                cpu(),
                memory(),
                health(),
                ServiceMounts.of(service, services),
                service.get("user").text(),
                service.get("working_dir").text(),
                service.get("read_only").flag().orElse(false),
                service.get("platform").text(),
                ServiceTies.of(service));
    }

    private Map<String, Variable> variables() {
        Map<String, Variable> variables = new LinkedHashMap<>();
        Part envFile = service.get("env_file");
        List<Part> all = envFile.isList() ? envFile.items() : envFile.isGiven() ? List.of(envFile) : List.of();
        all.forEach(file -> addFile(file, variables));
        service.get("environment").fields().forEach((key, value) -> {
            Variable variable = variable(key, value);
            if (variable.isUnresolved()) {
                value.findings()
                        .warning(
                                "UNRESOLVED",
                                value.place(),
                                "The variable %s of the service %s is not known: %s."
                                        .formatted(key, name, variable.why().orElse("")));
            }
            variables.put(
                    key, variable.at(value.findings().file(), value.place().line()));
        });
        return variables;
    }

    private Variable variable(String key, Part value) {
        Optional<Unknown> unknown = value.unknown();
        if (unknown.isPresent()) {
            return Variable.unresolved(unknown.get().why(), false);
        }
        if (value.node().isEmpty()) {
            String found = known.get(key);
            return found == null ? Variable.unresolved(OF_THE_DEPLOYER, false) : Variable.plain(found);
        }
        return Variable.plain(value.node()
                .filter(Scalar.class::isInstance)
                .map(node -> ComposeText.of((Scalar) node))
                .orElseGet(() -> value.text().orElse("")));
    }

    private void addFile(Part file, Map<String, Variable> variables) {
        Part path = file.isMapping() ? file.get("path") : file;
        boolean required = !file.isMapping() || file.get("required").flag().orElse(true);
        boolean raw = file.isMapping()
                && file.get("format").text().filter("raw"::equals).isPresent();
        Optional<String> named = path.text();
        if (named.isEmpty()) {
            return;
        }
        sources.add("env_file:" + named.get());
        String found = Paths.beside(file.findings().file(), named.get());
        Optional<String> text = files.text(found);
        if (text.isEmpty()) {
            String message = "The file of variables %s of the service %s is not there: its variables are not known."
                    .formatted(named.get(), name);
            if (required) {
                file.findings().warning("ENV_FILE_MISSING", file.place(), message);
            } else {
                file.findings().notice("ENV_FILE_MISSING", file.place(), message);
            }
            return;
        }
        Map<String, Variable> read = raw ? DotEnv.raw(text.get()) : DotEnv.read(found, text.get(), known);
        read.forEach((key, variable) -> variables.put(
                key,
                variable.from("env_file:" + named.get())
                        .at(file.findings().file(), file.place().line())));
    }

    private Cpu cpu() {
        Part resources = service.get("deploy").get("resources");
        Optional<BigDecimal> limit = amount(resources.get("limits").get("cpus")).or(() -> amount(service.get("cpus")));
        return new Cpu(amount(resources.get("reservations").get("cpus")), limit, limit);
    }

    /** 0 is no limit. */
    private static Optional<BigDecimal> amount(Part part) {
        return part.decimal().filter(number -> number.signum() > 0);
    }

    private Memory memory() {
        Part resources = service.get("deploy").get("resources");
        OptionalLong limit = either(resources.get("limits").get("memory"), service.get("mem_limit"));
        OptionalLong request = either(resources.get("reservations").get("memory"), service.get("mem_reservation"));
        Part deployed = resources.get("limits").get("memory");
        Part most = ComposeText.size(deployed).isPresent() ? deployed : service.get("mem_limit");
        return new Memory(request, limit, limit, limit.isPresent() ? Optional.of(most.where()) : Optional.empty());
    }

    private static OptionalLong either(Part one, Part other) {
        OptionalLong size = ComposeText.size(one);
        return size.isPresent() ? size : ComposeText.size(other);
    }

    private Map<String, Probe> health() {
        Part check = service.get("healthcheck");
        check.warnOfOtherKeys("disable", "interval", "retries", "test", "timeout", "start_period", "start_interval");
        Optional<List<String>> test = test(check.get("test"));
        if (test.isEmpty()
                || test.get().isEmpty()
                || check.get("disable").flag().orElse(false)) {
            return Map.of();
        }
        return Map.of(
                "health",
                new Probe(
                        new Probe.Exec(test.get()),
                        ComposeText.duration(check.get("start_period")).orElse(Duration.ZERO),
                        seconds(check.get("interval")),
                        seconds(check.get("timeout")),
                        check.get("retries").integer().orElse(3),
                        1));
    }

    private static Duration seconds(Part part) {
        return ComposeText.duration(part).filter(time -> !time.isZero()).orElse(Duration.ofSeconds(30));
    }

    /** The command that is run; empty if there is none. */
    private static Optional<List<String>> test(Part test) {
        if (!test.isList()) {
            return test.text().map(shell -> shell.equals("NONE") ? List.of() : List.of("/bin/sh", "-c", shell));
        }
        Optional<List<String>> words = test.texts();
        if (words.isEmpty() || words.get().isEmpty()) {
            return words;
        }
        List<String> rest = words.get().subList(1, words.get().size());
        return Optional.of(
                switch (words.get().get(0)) {
                    case "NONE" -> List.of();
                    case "CMD" -> rest;
                    case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", rest));
                    default -> throw test.expected("text, or a list that starts with CMD, CMD-SHELL or NONE");
                });
    }
}
