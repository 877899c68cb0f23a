package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.ImageReference;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** The machine that a registry runs on. */
record RegistryHost(String name, List<Integer> ports) {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String HUB = "registry-1.docker.io";
    private static final List<Integer> USUAL_PORTS = List.of(443, 80);

    static RegistryHost of(ImageReference image) {
        String registry = image.getRegistry();
        if (registry.endsWith("docker.io")) {
            return new RegistryHost(HUB, List.of(443));
        }
        int colon = registry.lastIndexOf(':');
        return colon < 0 || registry.endsWith("]")
                ? new RegistryHost(registry, USUAL_PORTS)
                : new RegistryHost(
                        registry.substring(0, colon), List.of(Integer.parseInt(registry.substring(colon + 1))));
    }

    /** Jib tries a registry that is down for three quarters of a minute: this finds out at once. */
    void check(JibBuild build) {
        if (System.getProperty("https.proxyHost") != null || System.getProperty("http.proxyHost") != null) {
            return;
        }
        IOException trouble = null;
        for (int port : ports) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(name, port), PATIENCE_MILLIS);
                return;
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw new ImageBuildException(
                    "The registry %s cannot be reached (%s). %s"
                            .formatted(name + ":" + ports.get(0), reason(trouble), JibFailure.withoutRegistry(build)),
                    trouble);
        }
    }

    private static String reason(IOException trouble) {
        return trouble instanceof java.net.UnknownHostException ? "no such host" : String.valueOf(trouble.getMessage());
    }
}
