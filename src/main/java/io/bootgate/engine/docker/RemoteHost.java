package io.bootgate.engine.docker;

import io.bootgate.engine.EngineException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine of an engine that is reached over TCP. */
final class RemoteHost {
    private RemoteHost() {}

    static String addressOf(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() ? "127.0.0.1" : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new EngineException("The engine's host " + host + " is not known here any more.", e);
        }
    }
}
