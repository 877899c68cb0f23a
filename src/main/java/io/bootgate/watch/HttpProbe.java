package io.bootgate.watch;

import io.bootgate.timeline.BootEvent.ProbeFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks once and tells exactly how the answer came or failed to come, which HTTP clients hide: refused, closed without a byte
 * (what an engine's port proxy does when nobody listens behind it), silent, not HTTP. Redirects are not followed, the
 * connection is not kept, certificates are not verified: the question is whether somebody serves, not who.
 */
final class HttpProbe {

    /** How an attempt ended. */
    sealed interface Outcome {
        record Answered(int status, String server, Duration took, String location) implements Outcome {}

        record Failed(ProbeFailure failure, String message) implements Outcome {}
    }

    private static final Pattern STATUS = Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3}).*");
    private static final int LONGEST_HEAD = 64 * 1024;

    private final String path;
    private final Map<String, String> headers;
    private final Duration timeout;

    HttpProbe(ProbePlan plan, Duration timeout) {
        path = plan.path();
        headers = plan.headers();
        this.timeout = timeout;
    }

    Outcome ask(InetSocketAddress address, boolean tls) {
        long start = System.nanoTime();
        try (Socket plain = new Socket()) {
            plain.connect(address, (int) timeout.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            try (Socket socket = tls ? secured(plain, address) : plain) {
                socket.getOutputStream().write(request(address));
                socket.getOutputStream().flush();
                return answer(socket, start);
            }
        } catch (ConnectException e) {
            return new Outcome.Failed(ProbeFailure.REFUSED, "connection refused");
        } catch (SocketTimeoutException e) {
            return timedOut();
        } catch (SSLException e) {
            return new Outcome.Failed(ProbeFailure.NOT_HTTP, "no TLS: " + e.getMessage());
        } catch (IOException e) {
            return new Outcome.Failed(ProbeFailure.CLOSED, "connection closed without an answer");
        }
    }

    private Outcome answer(Socket socket, long start) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (true) {
            List<String> head = head(in, start);
            if (head.isEmpty()) {
                return new Outcome.Failed(ProbeFailure.CLOSED, "connection closed without an answer");
            }
            Matcher status = STATUS.matcher(head.get(0));
            if (!status.matches()) {
                return new Outcome.Failed(ProbeFailure.NOT_HTTP, "the answer is not HTTP");
            }
            int code = Integer.parseInt(status.group(1));
            if (code >= 200 || code == 101) {
                return new Outcome.Answered(
                        code,
                        header(head, "server"),
                        Duration.ofNanos(System.nanoTime() - start),
                        header(head, "location"));
            }
        }
    }

    /** Status line and header lines; empty if the connection ended before the first byte. */
    private List<String> head(InputStream in, long start) throws IOException {
        List<String> lines = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int size = 0; size < LONGEST_HEAD; size++) {
            if (System.nanoTime() - start > timeout.toNanos()) {
                throw new SocketTimeoutException();
            }
            int next = in.read();
            if (next == -1 || next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
                line.reset();
                if (!text.isEmpty()) {
                    lines.add(text);
                }
                if (next == -1 || (text.isEmpty() && !lines.isEmpty())) {
                    return lines;
                }
            } else {
                line.write(next);
                if (lines.isEmpty()
                        && line.size() == 5
                        && !line.toString(StandardCharsets.ISO_8859_1).equals("HTTP/")) {
                    return List.of(line.toString(StandardCharsets.ISO_8859_1));
                }
            }
        }
        return lines;
    }

    private byte[] request(InetSocketAddress address) {
        StringBuilder text = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
        if (headers.keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Host"))) {
            text.append("Host: localhost:").append(address.getPort()).append("\r\n");
        }
        text.append("User-Agent: bootgate\r\nAccept: */*\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private Outcome timedOut() {
        return new Outcome.Failed(ProbeFailure.TIMED_OUT, "no answer within %d ms".formatted(timeout.toMillis()));
    }

    private static String header(List<String> head, String name) {
        List<String> values = new ArrayList<>();
        for (String line : head) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return String.join(", ", values);
    }

    private Socket secured(Socket plain, InetSocketAddress address) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnybody()}, null);
            return context.getSocketFactory().createSocket(plain, "localhost", address.getPort(), true);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static final class TrustAnybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
