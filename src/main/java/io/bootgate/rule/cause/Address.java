package io.bootgate.rule.cause;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address that a server is bound to.
 *
 * @param host empty for a socket that is not TCP
 * @param port 0 for a socket that is not TCP
 */
record Address(String text, String host, int port) {
    private static final Pattern TCP = Pattern.compile("^(?:https?://)?(\\[[^\\]]*\\]|[^:/]*):(\\d{1,5})/?$");

    static Address of(String text) {
        Matcher matcher = TCP.matcher(text);
        return matcher.matches()
                ? new Address(text, matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new Address(text, "", 0);
    }

    boolean isTcp() {
        return port > 0;
    }

    boolean isLoopback() {
        return isTcp() && Sightings.isLoopback(host);
    }
}
