package io.bootgate.engine.docker;

/** A place where no engine that can be used answers. The message says what was wrong there. */
final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String why) {
        super(why);
    }

    Unreachable(String why, Throwable cause) {
        super(why, cause);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
