package io.bootgate.engine.docker;

import java.net.InetSocketAddress;

/** The way to an engine's machine: none to an engine on this one, a tunnel or a service of ours else. */
interface Route extends AutoCloseable {
    /** Nothing between here and the engine. */
    Route DIRECT = new Route() {
        @Override
        public InetSocketAddress to(InetSocketAddress published) {
            return published;
        }

        @Override
        public void close() {}
    };

    /** Where a port that is published on the engine's machine is reached from here. */
    InetSocketAddress to(InetSocketAddress published);

    @Override
    void close();
}
