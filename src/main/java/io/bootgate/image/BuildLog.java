package io.bootgate.image;

/** Hears a build's progress. */
public interface BuildLog {
    /** A step starts: {@code [3/7] RUN pip install -r requirements.txt}. */
    void step(String text);

    /** A line of output of the running step. */
    void output(String line);
}
