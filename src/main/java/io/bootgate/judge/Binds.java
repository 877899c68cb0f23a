package io.bootgate.judge;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that a server said it is bound to, sorted by who can reach them.
 *
 * @param reachablePorts TCP ports bound to an address that is reachable from outside the container
 * @param loopbackPorts TCP ports bound to loopback
 * @param unixSockets whether there is a Unix socket among them
 */
public record Binds(Set<Integer> reachablePorts, Set<Integer> loopbackPorts, boolean unixSockets) {

    private static final Pattern TCP = Pattern.compile("(?:(\\w+)://)?(\\[[^]]*]|[^/:]*)(?::(\\d+))?/?");

    /** Sorts URLs as in {@code ServerBound}. */
    public static Binds of(Set<String> addresses) {
        Set<Integer> reachable = new TreeSet<>();
        Set<Integer> loopback = new TreeSet<>();
        boolean unix = false;
        for (String address : addresses) {
            Matcher tcp = TCP.matcher(address);
            if (address.startsWith("unix:") || !tcp.matches()) {
                unix = true;
            } else {
                int port =
                        tcp.group(3) != null ? Integer.parseInt(tcp.group(3)) : "https".equals(tcp.group(1)) ? 443 : 80;
                (isLoopback(tcp.group(2)) ? loopback : reachable).add(port);
            }
        }
        return new Binds(reachable, loopback, unix);
    }

    /** Whether a host, in text form, is this machine only. */
    public static boolean isLoopback(String host) {
        String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return bare.startsWith("127.")
                || bare.startsWith("::ffff:127.")
                || bare.equals("::1")
                || bare.equals("localhost");
    }
}
