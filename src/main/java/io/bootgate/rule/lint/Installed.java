package io.bootgate.rule.lint;

import io.bootgate.source.requirement.Requirement;
import java.util.List;
import java.util.Set;

/**
 * The distributions that are in the image, with those that they are known to need.
 *
 * @param isComplete whether all of them are known
 * @param opaque whether there may be any others
 * @param file that they stand in
 */
record Installed(Set<String> names, boolean isComplete, boolean opaque, String file) {

    static Installed of(BootProgram boot) {
        Installation installation = boot.installation();
        Set<String> asked = installation.names(boot.plan().minor());
        List<Requirement> requirements = installation.requirements().listed().stream()
                .map(listed -> listed.requirement())
                .filter(requirement -> requirement.applies(boot.plan().minor()))
                .toList();
        boolean locked = installation.requirements().locked();
        boolean complete = !installation.opaque() && (locked || KnownDependencies.areKnown(asked));
        String file = installation.requirements().listed().stream()
                .map(listed -> listed.path())
                .filter(path -> !path.endsWith(".lock") && !path.contains("Dockerfile"))
                .findFirst()
                .orElse("the requirements");
        return new Installed(KnownDependencies.closure(requirements), complete, installation.opaque(), file);
    }

    /** Whether one of them brings a module, or might by its name. */
    boolean bring(String module) {
        return KnownDependencies.bringing(module).stream().anyMatch(names::contains)
                || names.stream().anyMatch(name -> KnownDependencies.mayBring(name, module))
                || (module.startsWith("pip") && !module.contains("_"));
    }
}
