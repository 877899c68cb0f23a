package io.bootgate.rule.lint;

import io.bootgate.source.image.BaseImage.Family;
import io.bootgate.source.image.ImageStage;
import io.bootgate.source.image.ImageStage.Presence;
import io.bootgate.source.image.RunCommand;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which programs an image has beside the service's own. */
record Programs(ImageStage stage) {
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/");

    /** What these base images are known not to have. */
    private static final Map<Family, Set<String>> LACKING = Map.of(
            Family.DEBIAN_SLIM,
            Set.of(
                    "curl",
                    "wget",
                    "nc",
                    "netcat",
                    "git",
                    "gosu",
                    "su-exec",
                    "tini",
                    "dumb-init",
                    "zsh",
                    "ksh",
                    "fish",
                    "ash",
                    "http",
                    "jq",
                    "telnet",
                    "ps",
                    "pgrep",
                    "node",
                    "supervisord",
                    "nginx",
                    "make",
                    "gcc"),
            Family.DEBIAN,
            Set.of(
                    "nc",
                    "netcat",
                    "gosu",
                    "su-exec",
                    "tini",
                    "dumb-init",
                    "zsh",
                    "ksh",
                    "fish",
                    "ash",
                    "http",
                    "jq",
                    "telnet",
                    "node",
                    "supervisord",
                    "nginx"),
            Family.ALPINE,
            Set.of(
                    "bash",
                    "curl",
                    "git",
                    "gosu",
                    "su-exec",
                    "tini",
                    "dumb-init",
                    "zsh",
                    "ksh",
                    "fish",
                    "dash",
                    "http",
                    "jq",
                    "node",
                    "supervisord",
                    "nginx",
                    "make",
                    "gcc"));

    /** Distributions of Python bring these, by requirement files that are not read here. */
    private static final Set<String> FROM_PYTHON = Set.of("http", "supervisord", "dumb-init");

    private static final Map<String, Set<String>> PACKAGES = Map.of(
            "nc", Set.of("netcat", "netcat-openbsd", "netcat-traditional", "nmap-ncat", "ncat"),
            "netcat", Set.of("netcat", "netcat-openbsd", "netcat-traditional"),
            "ps", Set.of("procps"),
            "pgrep", Set.of("procps"),
            "supervisord", Set.of("supervisor"),
            "http", Set.of("httpie"),
            "node", Set.of("nodejs", "npm"),
            "gcc", Set.of("build-essential", "build-base", "g++"),
            "make", Set.of("build-essential", "build-base"));

    Presence of(String program) {
        for (String folder : FOLDERS) {
            if (stage.file(folder + program).isPresent()) {
                return Presence.THERE;
            }
        }
        if (isInstalled(program)) {
            return Presence.THERE;
        }
        boolean opened = FOLDERS.stream().anyMatch(folder -> stage.wasOpened(folder + program));
        boolean lacking = LACKING.getOrDefault(stage.base().family(), Set.of()).contains(program);
        return lacking && !opened ? Presence.MISSING : Presence.UNKNOWN;
    }

    private boolean isInstalled(String program) {
        return stage.commands().stream().filter(Programs::installs).anyMatch(command -> installs(command, program));
    }

    private static boolean installs(RunCommand command, String program) {
        boolean python = command.program().matches("(?:pip|python)[\\d.]*|uv|poetry|pipenv|pdm");
        return command.words().stream()
                .map(word -> word.replaceFirst("[=<>~\\[].*", ""))
                .anyMatch(word -> word.equals(program)
                        || PACKAGES.getOrDefault(program, Set.of()).contains(word)
                        || (python ? FROM_PYTHON.contains(program) : word.contains("$") || word.endsWith(".txt")));
    }

    static boolean installs(RunCommand command) {
        return command.words().stream().anyMatch(word -> word.matches("install|add|sync|-i"));
    }
}
