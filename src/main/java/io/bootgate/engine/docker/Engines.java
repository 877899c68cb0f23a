package io.bootgate.engine.docker;

/** Finds an engine and opens it. */
public final class Engines {
    private Engines() {}

    /**
     * The engine to use, open; whoever asked for it closes it. Where none can be used, the one
     * {@link io.bootgate.engine.EngineException} says what was wrong at each place that was tried.
     */
    public static DockerEngine find(EngineChoice choice) {
        return new DockerEngine(
                new EngineSearch(Surroundings.real(), choice, EngineConnection.CONNECT_PATIENCE).find());
    }
}
