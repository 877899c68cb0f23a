package io.bootgate.gate;

import io.bootgate.engine.ContainerEngine;
import io.bootgate.image.ImageBuilder;

/** Builds, boots, judges and diagnoses one image: the whole story. */
public final class Gate {
    private final ContainerEngine engine;
    private final GateLog log;

    public Gate(ContainerEngine engine, GateLog log) {
        this.engine = engine;
        this.log = log;
    }

    /**
     * Boots an image that is built first.
     *
     * @throws io.bootgate.engine.EngineException if the engine fails
     * @throws io.bootgate.image.ImageBuildException if the build can't be tried
     */
    public GateResult run(GateRequest request, ImageBuilder builder) {
        builder.build(log.build());
        return run(request);
    }

    /** Boots an image that is there, or is pulled if it is not. */
    public GateResult run(GateRequest request) {
        if (engine.image(request.container().image()).isEmpty()) {
            log.info(request.name());
        }
        throw new UnsupportedOperationException(request.name());
    }
}
