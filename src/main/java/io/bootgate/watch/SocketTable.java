package io.bootgate.watch;

import io.bootgate.timeline.BootEvent.Socket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads {@code /proc/net/tcp} and {@code tcp6} (Linux, proc(5)): hexadecimal addresses in host byte order by 32-bit words,
 * state 0A is LISTEN, inode 0 is a connection in the backlog that no process has accepted.
 */
final class SocketTable {
    private static final String LISTEN = "0A";

    private SocketTable() {}

    static List<Socket> parse(String text) {
        List<Socket> sockets = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] fields = line.strip().split("\\s+");
            if (fields.length < 10 || !fields[0].endsWith(":") || fields[1].indexOf(':') < 0) {
                continue;
            }
            int colon = fields[1].indexOf(':');
            try {
                sockets.add(new Socket(
                        address(fields[1].substring(0, colon)),
                        Integer.parseInt(fields[1].substring(colon + 1), 16),
                        fields[3].equals(LISTEN),
                        !fields[9].equals("0")));
            } catch (IllegalArgumentException e) {
                continue; // not a row: exec mixes both streams, so an error text may stand between
            }
        }
        return sockets;
    }

    private static String address(String hex) {
        byte[] words = HexFormat.of().parseHex(hex);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i - i % 4 + 3 - i % 4];
        }
        try {
            return InetAddress.getByAddress(address).getHostAddress().replaceAll("^0(:0){6}:", "::").replaceAll("^::0$", "::");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
