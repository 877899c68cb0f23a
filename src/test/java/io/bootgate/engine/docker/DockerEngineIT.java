package io.bootgate.engine.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.engine.EngineException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the Docker Engine of this machine. */
class DockerEngineIT extends DockerJavaContract {
    private static @Nullable DockerEngine engine;

    @BeforeAll
    static void open() {
        try {
            engine = Engines.find(new EngineChoice(EngineChoice.Kind.DOCKER, Optional.empty()));
        } catch (EngineException e) {
            assumeTrue(false, "no Docker Engine here: " + e.getMessage());
        }
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Override
    protected DockerEngine engine() {
        return Objects.requireNonNull(engine);
    }
}
