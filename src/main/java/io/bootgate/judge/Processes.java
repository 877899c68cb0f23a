package io.bootgate.judge;

import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The process tables that were seen, by time. */
record Processes(TreeSet<ProcessesSeen> tables) {

    static final Processes NONE = new Processes(
            new TreeSet<>(Comparator.comparing(ProcessesSeen::at).thenComparing(ProcessesSeen::toString)));

    /**
     * A worker that was in one table and not in the next.
     *
     * @param lastSeen time of the last table with it
     * @param goneAt time of the first table without it
     */
    record Loss(Duration firstSeen, Duration lastSeen, Duration goneAt) {}

    private static final List<String> PROXIES =
            List.of("nginx", "caddy", "haproxy", "traefik", "envoy", "apache2", "httpd", "openresty", "lighttpd");

    Processes with(ProcessesSeen table) {
        TreeSet<ProcessesSeen> more = new TreeSet<>(tables);
        more.add(table);
        return new Processes(more);
    }

    Optional<ProcessesSeen> latest() {
        return tables.isEmpty() ? Optional.empty() : Optional.of(tables.last());
    }

    /** Workers of the server in the newest table; empty if its master is not in it. */
    Optional<Set<Integer>> workers(String server) {
        return latest().filter(table -> master(table, word(server)).isPresent())
                .map(table -> workers(table, word(server)));
    }

    /** Workers of the server that left, in order. */
    List<Loss> losses(String server) {
        List<Loss> losses = new ArrayList<>();
        Map<Integer, Duration> firstSeen = new HashMap<>();
        Optional<ProcessesSeen> before = Optional.empty();
        for (ProcessesSeen table : tables) {
            if (master(table, word(server)).isEmpty()) {
                continue;
            }
            Set<Integer> now = workers(table, word(server));
            now.forEach(pid -> firstSeen.putIfAbsent(pid, table.at()));
            if (before.isPresent()) {
                for (int pid : workers(before.get(), word(server))) {
                    if (!now.contains(pid)) {
                        Duration first =
                                firstSeen.getOrDefault(pid, before.get().at());
                        losses.add(new Loss(first, before.get().at(), table.at()));
                    }
                }
            }
            before = Optional.of(table);
        }
        return losses;
    }

    boolean hasServer(String server) {
        return latest().flatMap(table -> master(table, word(server))).isPresent();
    }

    boolean hasProxy() {
        return latest().stream()
                .flatMap(table -> table.processes().stream())
                .map(process -> program(process.command()))
                .anyMatch(program -> PROXIES.stream().anyMatch(program::startsWith));
    }

    /**
     * Whether the newest table, seen at or after {@code since}, holds the server, its workers and those who started it, and
     * nobody else. A shell below the server may be about to become another program.
     */
    boolean hasOnly(String server, Duration since) {
        return latest().filter(table -> table.at().compareTo(since) >= 0)
                .flatMap(table -> master(table, word(server))
                        .map(master -> table.processes().stream()
                                .allMatch(process -> isAncestor(table, process, master)
                                        || isOwn(process, word(server))
                                        || process.command().contains("<defunct>"))))
                .orElse(false);
    }

    private static boolean isOwn(RunningProcess process, String name) {
        return (process.command().contains(name) && !isStarter(process.command()))
                || process.command().contains("spawn_main")
                || process.command().contains("resource_tracker");
    }

    /** Whether a shell started the server and waits for it: it may start another one when this one ends. */
    boolean hasShellAround(String server) {
        return latest().flatMap(table -> master(table, word(server))
                        .map(master -> table.processes().stream()
                                .anyMatch(process -> isShell(process.command()) && isAncestor(table, process, master))))
                .orElse(false);
    }

    private static boolean isAncestor(ProcessesSeen table, RunningProcess ancestor, RunningProcess process) {
        Map<Integer, RunningProcess> byPid = table.processes().stream()
                .collect(Collectors.toMap(RunningProcess::pid, row -> row, (first, second) -> first));
        RunningProcess at = process;
        for (int depth = 0; at != null && depth < 32; depth++) {
            if (at.pid() == ancestor.pid()) {
                return true;
            }
            at = byPid.get(at.parent());
        }
        return false;
    }

    /** A master's children that are its workers: forks of it, or spawned by multiprocessing; not what an app started. */
    private static Set<Integer> workers(ProcessesSeen table, String name) {
        return master(table, name)
                .map(master -> table.processes().stream()
                        .filter(process -> process.parent() == master.pid())
                        .filter(process -> process.command().contains(name)
                                || process.command().contains("spawn_main"))
                        .filter(process -> !process.command().contains("<defunct>"))
                        .map(RunningProcess::pid)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** The server's process that no other of its processes started; a shell that names the server in its arguments is none. */
    private static Optional<RunningProcess> master(ProcessesSeen table, String name) {
        List<RunningProcess> named = table.processes().stream()
                .filter(process -> process.command().contains(name) && !isStarter(process.command()))
                .toList();
        Set<Integer> pids = named.stream().map(RunningProcess::pid).collect(Collectors.toSet());
        return named.stream()
                .filter(process -> !pids.contains(process.parent()))
                .findFirst();
    }

    /** Programs that name the server in their arguments and are not it. */
    private static boolean isStarter(String command) {
        return isShell(command)
                || List.of("tini", "dumb-init", "su-exec", "gosu", "catatonit", "timeout", "env", "sudo")
                        .contains(program(command));
    }

    private static boolean isShell(String command) {
        return List.of("sh", "bash", "dash", "ash").contains(program(command));
    }

    private static String program(String command) {
        String first = command.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        String name = first.substring(first.lastIndexOf('/') + 1);
        return name.endsWith(":") ? name.substring(0, name.length() - 1) : name;
    }

    private static String word(String server) {
        return server.equals("django") ? "manage.py" : server;
    }
}
