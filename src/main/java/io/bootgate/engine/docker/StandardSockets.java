package io.bootgate.engine.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Where engines put their sockets if nobody tells them otherwise. Docker's first: who has both means it, most often. */
final class StandardSockets {
    private StandardSockets() {}

    static List<Path> in(Surroundings here) {
        Path root = here.root();
        Path home = here.home();
        Optional<Path> runtime = here.variable("XDG_RUNTIME_DIR").map(Path::of).or(() -> runtimeByUser(here));
        List<Path> sockets = new ArrayList<>();
        sockets.add(root.resolve("var/run/docker.sock"));
        runtime.ifPresent(folder -> sockets.add(folder.resolve("docker.sock")));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".colima/default/docker.sock"));
        sockets.add(home.resolve(".colima/docker.sock"));
        sockets.add(here.variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".config"))
                .resolve("colima/default/docker.sock"));
        sockets.add(home.resolve(".rd/docker.sock"));
        sockets.add(home.resolve(".orbstack/run/docker.sock"));
        runtime.ifPresent(folder -> sockets.add(folder.resolve("podman/podman.sock")));
        sockets.add(root.resolve("run/podman/podman.sock"));
        Path machine = home.resolve(".local/share/containers/podman/machine");
        sockets.add(machine.resolve("podman.sock"));
        sockets.add(machine.resolve("qemu/podman.sock"));
        here.variable("TMPDIR")
                .ifPresent(folder -> sockets.add(Path.of(folder).resolve("podman/podman-machine-default-api.sock")));
        return List.copyOf(new LinkedHashSet<>(sockets));
    }

    /** Sessions without a login, as CI agents have them, lack the variable. */
    private static Optional<Path> runtimeByUser(Surroundings here) {
        try {
            Object user = Files.getAttribute(here.home(), "unix:uid");
            return Optional.of(here.root().resolve("run/user").resolve(user.toString()));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
