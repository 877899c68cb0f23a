package io.bootgate.gate;

import io.bootgate.image.BuildLog;

/** Hears what the gate is doing, for the person who waits. Texts are masked already. */
public interface GateLog {
    /** Where the build's progress goes. */
    BuildLog build();

    /** Something worth a line of the build's console: {@code Booting acme/orders:1 on Docker Engine 20.10.24}. */
    void info(String text);

    /** Something that should not have happened but does not change the verdict. */
    void warn(String text);

    /** For {@code -X} only. */
    void debug(String text);
}
