package io.bootgate.deployment.compose;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment.Network;
import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Deployment.RestartPolicy;
import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.SourceFiles;
import io.bootgate.deployment.Workload;
import io.bootgate.deployment.compose.PublishedPorts.Published;
import io.bootgate.deployment.document.Findings;
import io.bootgate.deployment.document.Node;
import io.bootgate.deployment.document.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The services of a Compose file, each of which is one container. */
public final class ComposeFile {
    private static final String[] KEYS = {
        "annotations",
        "attach",
        "blkio_config",
        "build",
        "cap_add",
        "cap_drop",
        "cgroup",
        "cgroup_parent",
        "command",
        "configs",
        "container_name",
        "cpu_count",
        "cpu_percent",
        "cpu_period",
        "cpu_quota",
        "cpu_rt_period",
        "cpu_rt_runtime",
        "cpu_shares",
        "cpus",
        "cpuset",
        "credential_spec",
        "depends_on",
        "deploy",
        "develop",
        "device_cgroup_rules",
        "devices",
        "dns",
        "dns_opt",
        "dns_search",
        "domainname",
        "entrypoint",
        "env_file",
        "environment",
        "expose",
        "extends",
        "external_links",
        "extra_hosts",
        "gpus",
        "group_add",
        "healthcheck",
        "hostname",
        "image",
        "init",
        "ipc",
        "isolation",
        "label_file",
        "labels",
        "links",
        "logging",
        "mac_address",
        "mem_limit",
        "mem_reservation",
        "mem_swappiness",
        "memswap_limit",
        "models",
        "network_mode",
        "networks",
        "oom_kill_disable",
        "oom_score_adj",
        "pid",
        "pids_limit",
        "platform",
        "ports",
        "post_start",
        "pre_stop",
        "privileged",
        "profiles",
        "provider",
        "pull_policy",
        "pull_refresh_after",
        "read_only",
        "restart",
        "runtime",
        "scale",
        "secrets",
        "security_opt",
        "shm_size",
        "stdin_open",
        "stop_grace_period",
        "stop_signal",
        "storage_opt",
        "sysctls",
        "tmpfs",
        "tty",
        "ulimits",
        "use_api_socket",
        "user",
        "userns_mode",
        "uts",
        "volumes",
        "volumes_from",
        "working_dir"
    };

    private final Services services;
    private final SourceFiles files;
    private final Map<String, String> variables;
    private final Findings findings;
    private final Map<Published, String> published = new HashMap<>();

    private ComposeFile(SourceFiles files, Map<String, String> variables, Findings findings) {
        this.services = new Services(files, new Interpolation(variables));
        this.files = files;
        this.variables = variables;
        this.findings = findings;
    }

    /**
     * Reads the file with what it extends and includes.
     *
     * @param parameters a file of variables that is read instead of {@code .env}
     * @param only the service that is asked for: the restart policy and the public ports are its own then
     */
    public static List<Workload> read(
            Node document, SourceFiles files, Optional<String> parameters, Optional<String> only, Findings findings) {
        Map<String, String> variables = variables(files, parameters, findings.file());
        return List.of(new ComposeFile(files, variables, findings).workload(document, only));
    }

    /** Nothing comes from the environment of whoever builds: it is not deployed with. */
    private static Map<String, String> variables(SourceFiles files, Optional<String> parameters, String file) {
        String name = parameters.orElseGet(() -> Paths.beside(file, ".env"));
        Optional<String> text = files.text(name);
        if (parameters.isPresent() && text.isEmpty()) {
            throw new DeploymentException("There is no file %s, which <deploymentParameters> names.".formatted(name));
        }
        Map<String, String> variables = new LinkedHashMap<>();
        DotEnv.read(name, text.orElse(""), Map.of())
                .forEach((key, variable) -> variable.value().ifPresent(value -> variables.put(key, value)));
        return variables;
    }

    private Workload workload(Node document, Optional<String> only) {
        Map<String, Part> all = services.of(document, findings);
        List<DeployedContainer> containers = new ArrayList<>();
        Set<Port> publicPorts = new LinkedHashSet<>();
        Set<Optional<RestartPolicy>> policies = new LinkedHashSet<>();
        all.forEach((name, service) -> {
            service.warnOfOtherKeys(KEYS);
            checkReferences(service, name, all.keySet());
            PublishedPorts ports = PublishedPorts.of(service);
            containers.add(new ServiceContainer(service, name, services, files, variables).read(ports));
            checkPublished(service, name, ports);
            tellProfiles(service, name);
            if (only.isEmpty() || only.get().equals(name)) {
                publicPorts.addAll(ports.publicPorts());
                policies.add(ServiceTies.restartPolicy(service));
            }
        });
        return new Workload(
                "services",
                sharesOneNetwork(all) ? Network.SHARED : Network.NAMES,
                policies.size() == 1 ? policies.iterator().next() : Optional.empty(),
                List.copyOf(publicPorts),
                List.of(),
                containers);
    }

    /** Whether every service but one joins the network of that one. */
    private static boolean sharesOneNetwork(Map<String, Part> all) {
        Set<String> joined = new LinkedHashSet<>();
        long joining = all.values().stream()
                .map(service -> service.get("network_mode"))
                .filter(Part::isText)
                .flatMap(mode -> mode.text().stream())
                .filter(mode -> mode.startsWith("service:"))
                .peek(joined::add)
                .count();
        return joining > 0 && joining == all.size() - 1 && joined.size() == 1;
    }

    private static void checkReferences(Part service, String name, Set<String> all) {
        Part depends = service.get("depends_on");
        Map<String, Part> wanted = new LinkedHashMap<>();
        if (depends.isMapping()) {
            depends.fields().forEach((other, how) -> {
                if (!how.isMapping() || how.get("required").flag().orElse(true)) {
                    wanted.put(other, how);
                }
            });
        } else {
            depends.items().forEach(item -> item.text().ifPresent(other -> wanted.put(other, item)));
        }
        service.get("links")
                .items()
                .forEach(item -> item.text().ifPresent(link -> wanted.put(link.replaceFirst(":.*", ""), item)));
        wanted.forEach((other, part) -> {
            if (!all.contains(other)) {
                part.findings()
                        .error(
                                "UNKNOWN_REFERENCE",
                                part.place(),
                                "The service %s refers to the service %s, which is not there.".formatted(name, other));
            }
        });
    }

    private void checkPublished(Part service, String name, PublishedPorts ports) {
        for (Published port : ports.published()) {
            String owner = published.putIfAbsent(port, name);
            if (owner != null && !owner.equals(name)) {
                service.findings()
                        .error(
                                "PORT_COLLISION",
                                service.get("ports").place(),
                                "The services %s and %s both publish the port %d/%s of the host."
                                        .formatted(owner, name, port.port(), port.protocol()));
            }
        }
    }

    private static void tellProfiles(Part service, String name) {
        List<String> profiles = service.get("profiles").texts().orElse(List.of());
        if (!profiles.isEmpty()) {
            service.findings()
                    .notice(
                            "PROFILE",
                            service.get("profiles").place(),
                            "The service %s is started with the profile %s only."
                                    .formatted(name, String.join(" or ", profiles)));
        }
    }
}
