package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.ImageReference;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** The machine that a registry runs on. */
record RegistryHost(String name, List<Integer> ports, boolean isInsecure) {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String HUB = "registry-1.docker.io";
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /**
     * Of an image's registry.
     *
     * @param isInsecure whether it may be spoken to without TLS, or without a known certificate
     */
    static RegistryHost of(ImageReference image, boolean isInsecure) {
        String registry = image.getRegistry();
        if (registry.endsWith("docker.io")) {
            return new RegistryHost(HUB, List.of(TLS_PORT), isInsecure);
        }
        int colon = registry.lastIndexOf(':');
        if (colon < 0 || registry.endsWith("]")) {
            return new RegistryHost(
                    registry, isInsecure ? List.of(TLS_PORT, PLAIN_PORT) : List.of(TLS_PORT), isInsecure);
        }
        return new RegistryHost(
                registry.substring(0, colon), List.of(Integer.parseInt(registry.substring(colon + 1))), isInsecure);
    }

    /**
     * Jib tries a registry that is down, or speaks no TLS, for three quarters of a minute: this finds out at once.
     *
     * @param reference what is being built
     * @param fix what to do
     */
    void check(String reference, String fix) {
        if (System.getProperty("https.proxyHost") != null || System.getProperty("http.proxyHost") != null) {
            return;
        }
        IOException trouble = null;
        for (int port : ports) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(name, port), PATIENCE_MILLIS);
                if (!isInsecure) {
                    greet(socket, port);
                }
                return;
            } catch (SSLException e) {
                throw new ImageBuildException(untrusted(e), e);
            } catch (IOException e) {
                trouble = e;
            }
        }
        if (trouble != null) {
            throw new ImageBuildException(
                    "The registry %s cannot be reached while building %s (%s). %s"
                            .formatted(name + ":" + ports.get(0), reference, reason(trouble), fix),
                    trouble);
        }
    }

    private void greet(Socket socket, int port) throws IOException {
        try (SSLSocket tls =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, name, port, true)) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.setSoTimeout(PATIENCE_MILLIS);
            tls.startHandshake();
        }
    }

    private String untrusted(SSLException trouble) {
        String registry = ports.get(0) == TLS_PORT ? name : name + ":" + ports.get(0);
        return ("The registry %s speaks no TLS, or is not known to be the one it says it is (%s). If that is as it should be, say"
                        + " so: <jib><insecureRegistries><registry>%1$s</registry></insecureRegistries>; if its certificate is of"
                        + " your own authority, give that to Java: -Djavax.net.ssl.trustStore.")
                .formatted(registry, trouble.getMessage());
    }

    private static String reason(IOException trouble) {
        return trouble instanceof java.net.UnknownHostException ? "no such host" : String.valueOf(trouble.getMessage());
    }
}
