package io.bootgate.image.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a command line is to build.
 *
 * @param args build arguments: may hold secrets
 * @param ignoreFile that leaves files of the context out, where there is one
 * @param cacheFrom images whose layers may be used again
 * @param extraHosts {@code name:address}
 * @param ssh agents and keys as the option {@code --ssh} takes them
 */
public record CommandBuild(
        String reference,
        Path dockerfile,
        Path context,
        Optional<Path> ignoreFile,
        Map<String, String> args,
        Map<String, String> labels,
        Optional<String> target,
        Optional<String> platform,
        boolean pull,
        boolean noCache,
        List<String> cacheFrom,
        Optional<String> network,
        List<String> extraHosts,
        List<BuildSecret> secrets,
        List<String> ssh) {

    public CommandBuild {
        args = Map.copyOf(args);
        labels = Map.copyOf(labels);
        cacheFrom = List.copyOf(cacheFrom);
        extraHosts = List.copyOf(extraHosts);
        secrets = List.copyOf(secrets);
        ssh = List.copyOf(ssh);
    }

    /** Arguments that are handed over in the command's environment: everybody on the machine can read a command line. */
    Map<String, String> hiddenArgs(Predicate<String> isSecret) {
        Map<String, String> hidden = new LinkedHashMap<>();
        args.forEach((name, value) -> {
            if (isSecret.test(value)) {
                hidden.put(name, value);
            }
        });
        return hidden;
    }

    /** The options that both command lines know, and the context last. */
    List<String> options(Predicate<String> isSecret) {
        List<String> options = new ArrayList<>(List.of("--file", dockerfile.toString(), "--tag", reference));
        new TreeMap<>(args)
                .forEach(
                        (name, value) -> add(options, "--build-arg", isSecret.test(value) ? name : name + "=" + value));
        new TreeMap<>(labels).forEach((name, value) -> add(options, "--label", name + "=" + value));
        target.ifPresent(stage -> add(options, "--target", stage));
        platform.ifPresent(wanted -> add(options, "--platform", wanted));
        network.ifPresent(mode -> add(options, "--network", mode));
        extraHosts.forEach(host -> add(options, "--add-host", host));
        cacheFrom.forEach(image -> add(options, "--cache-from", image));
        secrets.forEach(secret -> add(options, "--secret", secret.option()));
        ssh.forEach(agent -> add(options, "--ssh", agent));
        if (pull) {
            options.add("--pull");
        }
        if (noCache) {
            options.add("--no-cache");
        }
        options.add(context.toString());
        return options;
    }

    private static void add(List<String> options, String option, String value) {
        options.add(option);
        options.add(value);
    }
}
