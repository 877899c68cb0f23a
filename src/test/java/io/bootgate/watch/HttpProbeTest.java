package io.bootgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.timeline.BootEvent.ProbeFailure;
import io.bootgate.watch.HttpProbe.Outcome;
import io.bootgate.watch.HttpProbe.Outcome.Answered;
import io.bootgate.watch.HttpProbe.Outcome.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HttpProbeTest {
    private final HttpProbe probe = new HttpProbe(
            new ProbePlan("/health?x=1", Map.of("X-Tenant", "a"), Duration.ofSeconds(5), "http"),
            Duration.ofMillis(300));

    @Test
    void tellsStatusAndServerOfAnAnswer() throws Exception {
        Outcome outcome = ask(socket ->
                write(socket, "HTTP/1.1 302 Found\r\nServer: gunicorn\r\nLocation: /x\r\nServer: mine\r\n\r\n"));
        assertThat(outcome).isInstanceOfSatisfying(Answered.class, answer -> {
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.server()).isEqualTo("gunicorn, mine");
        });
    }

    @Test
    void passesOverInterimAnswers() throws Exception {
        assertThat(ask(socket ->
                        write(socket, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")))
                .isInstanceOfSatisfying(
                        Answered.class, answer -> assertThat(answer.status()).isEqualTo(204));
    }

    @Test
    void asksForThePathWithTheHeadersAndWithoutKeepingTheConnection() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        ask(socket -> {
            byte[] buffer = new byte[4096];
            int read = socket.getInputStream().read(buffer);
            request.complete(new String(buffer, 0, read, StandardCharsets.UTF_8));
            write(socket, "HTTP/1.0 200 OK\r\n\r\n");
        });
        assertThat(request.get())
                .startsWith("GET /health?x=1 HTTP/1.1\r\n")
                .contains("\r\nX-Tenant: a\r\n", "\r\nConnection: close\r\n", "\r\nHost: localhost:");
    }

    @Test
    void anAcceptedConnectionThatIsClosedIsNoAnswer() throws Exception {
        assertThat(ask(socket -> {}))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(ProbeFailure.CLOSED));
    }

    @Test
    void silenceIsATimeOutAlsoIfBytesDripIn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        assertThat(ask(socket -> asked.await()))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(ProbeFailure.TIMED_OUT));
        asked.countDown();
    }

    @Test
    void whatIsNotHttpIsToldAsSuch() throws Exception {
        assertThat(ask(socket -> write(socket, "SSH-2.0-OpenSSH_9.2\r\n")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(ProbeFailure.NOT_HTTP));
    }

    @Test
    void aPortWithoutAListenerIsRefused() throws Exception {
        InetSocketAddress free;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = (InetSocketAddress) server.getLocalSocketAddress();
        }
        assertThat(probe.ask(free, false))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(ProbeFailure.REFUSED));
    }

    private interface Talk {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    private Outcome ask(Talk talk) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    talk.with(socket);
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            serving.setDaemon(true);
            serving.start();
            return probe.ask((InetSocketAddress) server.getLocalSocketAddress(), false);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }
}
