package io.bootgate.engine.docker;

import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Another JVM that boots a container and waits, to be ended by the test in one way or another. */
final class OtherSession implements AutoCloseable {
    private final Process process;
    private final String containerId;

    private OtherSession(Process process, String containerId) {
        this.process = process;
        this.containerId = containerId;
    }

    static OtherSession start(String engineHost, String image) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherSession.class.getName(),
                        engineHost,
                        image))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new OtherSession(process, String.valueOf(out.readLine()));
    }

    /** What runs in that JVM. */
    public static void main(String[] arguments) throws InterruptedException {
        DockerEngine engine = Engines.find(new EngineChoice(EngineChoice.Kind.AUTO, Optional.of(arguments[0])));
        Container container = engine.create(new ContainerSpec(
                arguments[1],
                "other",
                Optional.empty(),
                Optional.of(List.of("sleep", "600")),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                false,
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty()));
        container.start();
        System.out.println(container.id());
        Thread.currentThread().join();
    }

    String containerId() {
        return containerId;
    }

    /** As Ctrl-C, or an orderly kill, does. */
    void interrupt() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
