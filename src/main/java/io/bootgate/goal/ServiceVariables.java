package io.bootgate.goal;

import io.bootgate.deployment.DeployedContainer;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Variable;
import io.bootgate.environment.Given;
import io.bootgate.environment.Missing;
import io.bootgate.environment.Settlement;
import io.bootgate.environment.Sources;
import io.bootgate.gate.DeployedService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of the service and of what is deployed beside it, settled.
 *
 * @param deployed the service with values for all variables of its deployment that have one
 * @param missing of all containers
 */
record ServiceVariables(
        Settlement own,
        Optional<DeployedService> deployed,
        List<Given> given,
        List<Missing> missing,
        Set<String> secretNames) {

    static ServiceVariables of(Optional<DeployedService> described, Sources sources, List<String> required) {
        return described
                .map(service -> new Settling(service, sources).settle(required))
                .orElseGet(() -> {
                    Settlement own = Settlement.of("", Map.of(), sources).requiring(required, RequiredEnv.PARAMETER);
                    return new ServiceVariables(
                            own,
                            Optional.empty(),
                            List.copyOf(own.variables().variables().values()),
                            own.missing(),
                            own.variables().secretNames());
                });
    }

    List<String> secretValues() {
        return given.stream().filter(Given::secret).map(Given::value).toList();
    }

    /** Where else than in the parameters for variables a value can be given. */
    Set<String> furtherPlaces() {
        return deployed.map(service -> service.deployment().format())
                .filter(format -> format == Deployment.Format.ARM_JSON || format == Deployment.Format.COMPOSE)
                .map(format -> Set.of("<deploymentParameters>"))
                .orElse(Set.of());
    }

    /** Goes through the containers of a deployment. */
    private static final class Settling {
        private final DeployedService service;
        private final Sources sources;
        private final List<Given> given = new ArrayList<>();
        private final List<Missing> missing = new ArrayList<>();
        private final Set<String> secretNames;

        Settling(DeployedService service, Sources sources) {
            this.service = service;
            this.sources = sources;
            this.secretNames = new LinkedHashSet<>(service.secretNames());
        }

        ServiceVariables settle(List<String> required) {
            String file = service.deployment().file();
            Settlement own =
                    Settlement.of(file, service.own().env(), sources).requiring(required, RequiredEnv.PARAMETER);
            keep(own);
            Deployment deployment = service.deployment();
            DeployedService settled = new DeployedService(
                    service.described(),
                    deployment.withContainers(
                            deployment.initContainers().stream()
                                    .map(this::beside)
                                    .toList(),
                            deployment.containers().stream()
                                    .map(one -> one.equals(service.own()) ? with(one, own) : beside(one))
                                    .toList()),
                    with(service.own(), own),
                    service.leftOut());
            return new ServiceVariables(own, Optional.of(settled), given, missing, secretNames);
        }

        private DeployedContainer beside(DeployedContainer container) {
            if (!service.boots(container.name())) {
                return container; // Nobody asks for its variables.
            }
            Settlement settlement = Settlement.beside(service.deployment().file(), container.env(), sources);
            keep(settlement);
            return with(container, settlement);
        }

        private void keep(Settlement settlement) {
            given.addAll(settlement.variables().variables().values());
            missing.addAll(settlement.missing());
            secretNames.addAll(settlement.variables().secretNames());
        }

        private static DeployedContainer with(DeployedContainer container, Settlement settlement) {
            Map<String, Variable> env = new LinkedHashMap<>();
            settlement
                    .variables()
                    .variables()
                    .forEach((name, one) ->
                            env.put(name, one.secret() ? Variable.secret(one.value()) : Variable.plain(one.value())));
            return container.withEnv(env);
        }
    }
}
