package io.bootgate.image.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An engine that takes every build context and answers what a real one answered. */
record CannedEngine(int status, String answer, boolean breaks) implements DockerHttpClient {

    @Override
    public Response execute(Request request) {
        InputStream body = request.body();
        if (body != null) {
            try {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        InputStream text = new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        InputStream sent = breaks ? new BreakingStream(text) : text;
        return new Response() {
            @Override
            public int getStatusCode() {
                return status;
            }

            @Override
            public Map<String, List<String>> getHeaders() {
                return Map.of();
            }

            @Override
            public InputStream getBody() {
                return sent;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    /** Ends as a connection does whose other side died. */
    private static final class BreakingStream extends InputStream {
        private final InputStream text;

        BreakingStream(InputStream text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            read(one, 0, 1);
            return one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = text.read(target, offset, length);
            if (count < 0) {
                throw new IOException("Connection reset by peer");
            }
            return count;
        }
    }
}
