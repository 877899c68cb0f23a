package io.bootgate.deployment;

import java.util.List;
import java.util.Optional;

/**
 * A deployment descriptor as the platform understands it.
 *
 * @param file as the user knows it, relative to the project where it lies inside
 * @param restartPolicy empty where the containers differ
 * @param publicPorts what can be reached from outside of the deployment, by the port that is asked there
 * @param initContainers run first, one after the other, each to its end
 * @param findings what is wrong or odd by the platform's own rules, in the order of the file
 */
public record Deployment(
        String file,
        Format format,
        Network network,
        Optional<RestartPolicy> restartPolicy,
        List<Port> publicPorts,
        List<DeployedContainer> initContainers,
        List<DeployedContainer> containers,
        List<DeploymentFinding> findings) {

    public Deployment {
        publicPorts = List.copyOf(publicPorts);
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
        findings = List.copyOf(findings);
    }

    /** The same with these containers instead. */
    public Deployment withContainers(List<DeployedContainer> init, List<DeployedContainer> others) {
        return new Deployment(file, format, network, restartPolicy, publicPorts, init, others, findings);
    }

    /** The descriptor's language. */
    public enum Format {
        ACI_YAML("aci-yaml"),
        ARM_JSON("arm-json"),
        COMPOSE("compose"),
        K8S("k8s"),
        TERRAFORM_PLAN("terraform-plan");

        private final String id;

        Format(String id) {
            this.id = id;
        }

        /** Stable public name. */
        public String id() {
            return id;
        }
    }

    /** How the containers find each other. */
    public enum Network {
        /** One address and one range of ports for all: each other is localhost. */
        SHARED,
        /** An address each, found by name. */
        NAMES
    }

    /** What happens when a container ends. */
    public enum RestartPolicy {
        ALWAYS("Always"),
        ON_FAILURE("OnFailure"),
        NEVER("Never");

        private final String id;

        RestartPolicy(String id) {
            this.id = id;
        }

        /** Stable public name. */
        public String id() {
            return id;
        }
    }

    /** A port number with its protocol in lower case: {@code tcp}. */
    public record Port(int port, String protocol) {}
}
