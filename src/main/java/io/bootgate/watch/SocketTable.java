package io.bootgate.watch;

import io.bootgate.timeline.BootEvent.Socket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code /proc/net/tcp} and {@code tcp6} (Linux, proc(5)): hexadecimal addresses in host byte order by 32-bit words,
 * state 0A is LISTEN, inode 0 is a connection in the backlog that no process has accepted.
 */
final class SocketTable {
    private static final String LISTEN = "0A";
    private static final Pattern ROW = Pattern.compile(
            "\\s*\\d+: (?<address>\\p{XDigit}{8}|\\p{XDigit}{32}):(?<port>\\p{XDigit}{4}) \\S+ (?<state>\\p{XDigit}{2})"
                    + "\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\d+\\s+\\d+\\s+(?<inode>\\d+).*");

    private SocketTable() {}

    static List<Socket> parse(String text) {
        return text.lines().flatMap(SocketTable::row).toList();
    }

    /** One row; nothing for a heading, or for an error text that stands between because both streams come mixed. */
    private static Stream<Socket> row(String line) {
        Matcher row = ROW.matcher(line);
        return row.matches()
                ? Stream.of(new Socket(
                        address(row.group("address")),
                        Integer.parseInt(row.group("port"), 16),
                        row.group("state").equals(LISTEN),
                        !row.group("inode").equals("0")))
                : Stream.empty();
    }

    private static String address(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i - i % 4 + 3 - i % 4];
        }
        try {
            return InetAddress.getByAddress(address)
                    .getHostAddress()
                    .replaceAll("^0(:0){6}:", "::")
                    .replaceAll("^::0$", "::");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
