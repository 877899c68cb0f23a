package io.bootgate.casebook;

import io.bootgate.gate.GateLog;
import io.bootgate.image.BuildLog;

/** A log for runs of which only the results are wanted. */
enum Silence implements GateLog, BuildLog {
    INSTANCE;

    @Override
    public BuildLog build() {
        return this;
    }

    @Override
    public void step(String text) {}

    @Override
    public void output(String line) {}

    @Override
    public void info(String text) {}

    @Override
    public void warn(String text) {}

    @Override
    public void debug(String text) {}
}
