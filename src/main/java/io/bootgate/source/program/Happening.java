package io.bootgate.source.program;

import io.bootgate.source.python.Expression.Call;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that a program does while it is imported. */
public sealed interface Happening {
    Scene scene();

    /**
     * A module that the program does not bring along itself is imported.
     *
     * @param names what is taken out of it with {@code from}; empty for a plain {@code import}
     */
    record Imported(Scene scene, String module, List<String> names) implements Happening {}

    /** A module that belongs to a package of the program is imported, and there is no file for it. */
    record Lost(Scene scene, String module) implements Happening {}

    /** A name is taken out of a module of the program that does not define it. */
    record NotDefined(Scene scene, ModuleSource module, String name) implements Happening {}

    /** Something outside of the program is called, by its full name. */
    record Called(Scene scene, String name, Call call) implements Happening {
        /** By its place: comparing the trees of its arguments would cost more than reading them. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Called called
                    && scene.equals(called.scene)
                    && name.equals(called.name)
                    && call.position().equals(called.call.position());
        }

        @Override
        public int hashCode() {
            return 31 * scene.hashCode() + name.hashCode();
        }
    }

    /** A variable is read. */
    record VariableRead(Scene scene, String variable, Need need) implements Happening {}

    /** The value of a variable without a default is used as if it could not be {@code None}. */
    record NoneUsed(Scene scene, String variable, String use) implements Happening {}

    /** A variable is set by the program. */
    record VariableSet(Scene scene, String variable) implements Happening {}

    /** Variables are read from a file, for those that are not set. */
    record FileLoaded(Scene scene, Optional<String> file) implements Happening {}

    /** How much a reader of a variable needs it. */
    record Need(Kind kind, String reader, boolean anyCase, Optional<String> nested) {
        /** Whether it must be there. */
        public enum Kind {
            /** The reader raises if it is not set. */
            REQUIRED,
            /** {@code None} if it is not set. */
            OPTIONAL,
            DEFAULTED
        }

        public boolean isRequired() {
            return kind == Kind.REQUIRED;
        }
    }
}
