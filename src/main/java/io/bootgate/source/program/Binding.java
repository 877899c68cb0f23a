package io.bootgate.source.program;

import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Statement.ClassDef;
import io.bootgate.source.python.Statement.FunctionDef;
import java.util.List;
import java.util.Optional;

/** What is known of a value. */
sealed interface Binding {
    record Unknown() implements Binding {
        static final Unknown VALUE = new Unknown();
    }

    /** Something outside of the program, by its full name: {@code os.environ}. */
    record Outside(String name) implements Binding {}

    /** A module of the program. */
    record Module(Scope scope) implements Binding {}

    record Function(FunctionDef definition, Scope home, Optional<Binding> self) implements Binding {}

    record OwnClass(ClassDef definition, Scope home) implements Binding {}

    /** What a class made, inside or outside of the program. */
    record Instance(Binding type, Call call, Frame frame) implements Binding {}

    /** A constant or a display, as it is written. */
    record Literal(Expression value, Frame frame) implements Binding {}

    /** Something of a value: a method of an instance. */
    record Member(Binding of, String name) implements Binding {}

    /** The value of a variable; {@code None} where it is not set. */
    record Variable(String name, Scene scene) implements Binding {}

    /** Those of some variables that are not set. */
    record Missing(List<Variable> variables) implements Binding {}

    /** The text, if it is one. */
    default Optional<String> text() {
        return this instanceof Literal literal ? literal.value().string() : Optional.empty();
    }

    /** Full name of what it is outside of the program, or of the outside class that it is an instance of. */
    default Optional<String> outside() {
        return this instanceof Outside outside ? Optional.of(outside.name()) : Optional.empty();
    }
}
