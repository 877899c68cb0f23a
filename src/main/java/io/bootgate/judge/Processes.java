package io.bootgate.judge;

import io.bootgate.timeline.BootEvent.ProcessesSeen;
import io.bootgate.timeline.BootEvent.RunningProcess;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The process tables that were seen.
 *
 * @param latest the newest table
 * @param childrenEver for each server name in a command: pids of all children that its master ever had
 */
record Processes(Optional<ProcessesSeen> latest, Map<String, Set<Integer>> childrenEver) {

    static final Processes NONE = new Processes(Optional.empty(), Map.of());

    /** Words in a command that tell which server it is; the names of {@code Boot.server()}. */
    private static final List<String> NAMES =
            List.of("gunicorn", "uvicorn", "hypercorn", "waitress", "uwsgi", "flask", "manage.py");

    private static final List<String> PROXIES =
            List.of("nginx", "caddy", "haproxy", "traefik", "envoy", "apache2", "httpd", "openresty", "lighttpd");

    Processes with(ProcessesSeen table) {
        boolean newest = latest.map(known -> known.at().compareTo(table.at()) < 0
                        || (known.at().equals(table.at()) && known.toString().compareTo(table.toString()) <= 0))
                .orElse(true);
        Map<String, Set<Integer>> children = new TreeMap<>(childrenEver);
        for (String name : NAMES) {
            Set<Integer> now = childrenOfMaster(table, name);
            if (!now.isEmpty()) {
                Set<Integer> ever = new HashSet<>(children.getOrDefault(name, Set.of()));
                ever.addAll(now);
                children.put(name, ever);
            }
        }
        return new Processes(newest ? Optional.of(table) : latest, children);
    }

    /** Children of the server's master in the newest table; empty if there is no master in it. */
    Optional<Set<Integer>> workers(String server) {
        return latest.filter(table -> master(table, word(server)).isPresent())
                .map(table -> childrenOfMaster(table, word(server)));
    }

    /** How many children of the server's master are gone, by all tables. */
    int vanished(String server) {
        Set<Integer> ever = childrenEver.getOrDefault(word(server), Set.of());
        Set<Integer> alive = workers(server).orElse(Set.of());
        return (int) ever.stream().filter(pid -> !alive.contains(pid)).count();
    }

    boolean hasServer(String server) {
        return latest.flatMap(table -> master(table, word(server))).isPresent();
    }

    boolean hasProxy() {
        return latest.stream()
                .flatMap(table -> table.processes().stream())
                .map(process -> program(process.command()))
                .anyMatch(program -> PROXIES.stream().anyMatch(program::startsWith));
    }

    /** Whether the newest table, seen at or after {@code since}, holds the server and those who started it, and nobody else. */
    boolean hasOnly(String server, Duration since) {
        return latest.filter(table -> table.at().compareTo(since) >= 0)
                .map(table -> master(table, word(server))
                        .map(master -> table.processes().stream()
                                .allMatch(process -> isAncestor(table, process, master)
                                        || isAncestor(table, master, process)
                                        || process.command().contains("<defunct>")))
                        .orElse(false))
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

    private static Set<Integer> childrenOfMaster(ProcessesSeen table, String name) {
        return master(table, name)
                .map(master -> table.processes().stream()
                        .filter(process -> process.parent() == master.pid())
                        .filter(process -> !process.command().contains("<defunct>"))
                        .filter(process -> !process.command().contains("multiprocessing.resource_tracker"))
                        .map(RunningProcess::pid)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** The server's process that no other of its processes started; a shell that names the server in its arguments is none. */
    private static Optional<RunningProcess> master(ProcessesSeen table, String name) {
        List<RunningProcess> named = table.processes().stream()
                .filter(process -> process.command().contains(name) && !isShell(process.command()))
                .toList();
        Set<Integer> pids = named.stream().map(RunningProcess::pid).collect(Collectors.toSet());
        return named.stream()
                .filter(process -> !pids.contains(process.parent()))
                .findFirst();
    }

    private static boolean isShell(String command) {
        return List.of("sh", "bash", "dash", "ash", "tini", "dumb-init", "su-exec", "gosu", "catatonit")
                .contains(program(command));
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
