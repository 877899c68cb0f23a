package io.bootgate.autopsy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One thing that the probe saw in a process of the container. Texts are masked; values of variables are never told. */
public sealed interface Sight {
    /** Since the first process began to tell. */
    Duration at();

    /** Whose code a frame runs. */
    enum Owner {
        APP,
        LIBRARY,
        SERVER,
        STANDARD
    }

    /** One frame of a stack; innermost comes first wherever there are several. */
    record Frame(String file, int line, String function, Owner owner) {
        boolean isOfTheApp() {
            return owner == Owner.APP;
        }
    }

    /** An exception as it was seen: the one that was raised last comes first, what it came from after. */
    record Thrown(String type, String message, List<Frame> stack) {}

    /** A process began to be observed. */
    record Begun(Duration at, long pid, int attempt, String python) implements Sight {}

    /**
     * A variable was read by name.
     *
     * @param required whether the boot fails without it, by what the source says
     * @param hasDefault whether the reader has a default for it
     */
    record VariableRead(
            Duration at, String name, boolean set, boolean required, boolean hasDefault, Frame place, boolean stoodIn)
            implements Sight {}

    /**
     * The boot could not have gone on without a variable; it got a placeholder.
     *
     * @param escape how and where the app would have ended itself; empty if it just fails
     * @param field of a settings class, if it was read through one
     */
    record VariableMissing(
            Duration at,
            String name,
            String type,
            Frame place,
            Optional<Escape> escape,
            Optional<String> field,
            List<Frame> stack)
            implements Sight {}

    /** An end of the app's own making that its source tells of: {@code sys.exit}, {@code os._exit}, {@code raise}. */
    record Escape(String how, Frame place) {
        /** Whether it ends the process without a traceback. */
        boolean isExit() {
            return !how.equals("raise") && !how.equals("assert");
        }
    }

    /** A settings class did not accept the value of a variable. */
    record VariableInvalid(Duration at, String name, String type, String message, Frame place) implements Sight {}

    /**
     * A module was not found.
     *
     * @param optional the code around the import can do without it
     * @param byServer the server looked for the app itself
     * @param escape how and where the app would have ended itself without it
     */
    record ImportFailed(
            Duration at,
            String module,
            boolean optional,
            boolean byServer,
            Frame place,
            String source,
            Optional<Escape> escape,
            List<Frame> stack)
            implements Sight {}

    /**
     * The process was about to be ended by code of the app's or of a library.
     *
     * @param passedOver the probe let the boot go on nevertheless
     */
    record Exit(
            Duration at,
            int attempt,
            String how,
            Optional<String> value,
            List<Frame> stack,
            Optional<Thrown> handling,
            Optional<String> thread,
            boolean passedOver)
            implements Sight {}

    /** An exception left a module, the main program or a thread, or was logged by the server. */
    record Raised(Duration at, int attempt, String where, boolean handled, List<Thrown> chain) implements Sight {}

    /** The boot stayed at one place. */
    record Stuck(Duration at, long pid, int attempt, Duration since, Frame place, String doing, List<Stopped> threads)
            implements Sight {}

    /** One thread, greenlet or task of a stuck process. */
    record Stopped(String name, boolean main, List<Frame> stack, String doing) {}

    /** A module took long to import. */
    record SlowImport(Duration at, String module, Duration took, Owner owner) implements Sight {}

    /** A file, host or program was not to be had: {@code open}, {@code write}, {@code connect}, {@code resolve}, {@code run}. */
    record Denied(Duration at, String what, String target, String error, Frame place) implements Sight {}

    /** The whole environment was read at once. */
    record EverythingRead(Duration at, Frame place) implements Sight {}

    /**
     * The supervisor began another attempt, with placeholders for these; or found that these changed nothing.
     *
     * @param fault where the attempt before it failed; its file is an empty string where that is not known
     */
    record Remedied(Duration at, int attempt, List<String> variables, List<String> withdrawn, Frame fault)
            implements Sight {}

    /** The last attempt of one program is over; {@code alive} if it goes on all the same, without ever serving. */
    record Over(Duration at, int attempt, OptionalInt code, boolean alive) implements Sight {}

    /** The line that a process was at when it was killed, by what it left behind. */
    record LastLine(Duration at, long pid, Frame place) implements Sight {}

    /** The fault handler's words of a process that crashed. */
    record Crashed(Duration at, long pid, String signal, List<Frame> stack) implements Sight {}
}
