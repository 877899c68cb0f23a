package io.bootgate.source.program;

import io.bootgate.source.program.Binding.OwnClass;
import io.bootgate.source.program.Happening.Need;
import io.bootgate.source.program.Happening.Need.Kind;
import io.bootgate.source.python.Argument;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Statement;
import io.bootgate.source.python.Statement.Annotated;
import io.bootgate.source.python.Statement.Assign;
import io.bootgate.source.python.Statement.ClassDef;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings classes of pydantic, both generations: each field without a default is a variable. */
final class Settings {
    private static final Set<String> BASES = Set.of(
            "pydantic_settings.BaseSettings",
            "pydantic.BaseSettings",
            "pydantic.v1.BaseSettings",
            "pydantic_settings.main.BaseSettings",
            "pydantic.env_settings.BaseSettings");

    private final Evaluation evaluation;

    Settings(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** A class, its fields and its configuration, those of the classes above it included. */
    private static final class Shape {
        private final Map<String, Annotated> fields = new LinkedHashMap<>();
        private final Map<String, Expression> options = new HashMap<>();
        private boolean settings;
        private boolean second;
        private boolean unclear;
        private Optional<Scope> home = Optional.empty();
    }

    boolean isSettings(OwnClass type) {
        return shape(type).settings;
    }

    private Shape shape(OwnClass type) {
        Shape shape = new Shape();
        collect(type, shape, 0);
        return shape;
    }

    private void collect(OwnClass type, Shape shape, int level) {
        for (Argument base : type.definition().bases()) {
            Frame frame = Frame.of(type.home(), false, Set.of(), 0);
            Binding above = evaluation.quietly(base.value(), frame);
            if (above instanceof OwnClass other && level < 8) {
                collect(other, shape, level + 1);
            } else if (above.outside().filter(BASES::contains).isPresent()) {
                shape.settings = true;
                shape.second |= above.outside().get().startsWith("pydantic_settings");
            } else if (!base.name().isEmpty()) {
                shape.options.put(base.name(), base.value());
            } else if (above.outside().isEmpty()) {
                shape.unclear = true;
            }
        }
        shape.home = Optional.of(type.home());
        for (Statement statement : type.definition().body()) {
            member(statement, shape);
        }
    }

    private static void member(Statement statement, Shape shape) {
        if (statement instanceof Annotated field && field.target() instanceof Expression.Name name) {
            boolean plain = !name.id().startsWith("_")
                    && !name.id().equals("model_config")
                    && !outermost(field.annotation()).equals("ClassVar");
            if (plain) {
                shape.fields.put(name.id(), field);
            } else if (name.id().equals("model_config")) {
                field.value().ifPresent(value -> options(value, shape));
            }
        } else if (statement instanceof Assign assign && assign.targets().get(0) instanceof Expression.Name name) {
            if (name.id().equals("model_config")) {
                options(assign.value(), shape);
            } else {
                shape.fields.remove(name.id());
            }
        } else if (statement instanceof ClassDef config && config.name().equals("Config")) {
            for (Statement option : config.body()) {
                if (option instanceof Assign assign && assign.targets().get(0) instanceof Expression.Name name) {
                    shape.options.put(name.id(), assign.value());
                } else if (option instanceof Statement.FunctionDef) {
                    shape.unclear = true;
                }
            }
        } else if (statement instanceof Statement.FunctionDef function
                && (function.name().equals("settings_customise_sources")
                        || function.name().equals("__init__")
                        || function.decorators().stream().anyMatch(Settings::rewrites))) {
            shape.unclear = true;
        }
    }

    /** A validator that runs before the fields are looked at may fill them. */
    private static boolean rewrites(Expression decorator) {
        return decorator instanceof Call call
                && (call.function()
                                .dotted()
                                .filter(name -> name.endsWith("model_validator") || name.endsWith("root_validator"))
                                .isPresent()
                        || call.named("pre").isPresent()
                        || call.named("always").isPresent());
    }

    private static void options(Expression value, Shape shape) {
        if (value instanceof Call call) {
            call.arguments().forEach(argument -> shape.options.put(argument.name(), argument.value()));
        } else if (value instanceof Expression.Dictionary entries) {
            entries.entries()
                    .forEach(entry -> entry.key()
                            .flatMap(Expression::string)
                            .ifPresent(key -> shape.options.put(key, entry.value())));
        }
    }

    /** An instance is made: every field that has no default must be found. */
    void made(OwnClass type, Call call, Frame frame) {
        Shape shape = shape(type);
        boolean given = call.arguments().stream().anyMatch(Argument::isUnpacked);
        boolean renamed =
                List.of("secrets_dir", "fields", "alias_generator").stream().anyMatch(shape.options::containsKey);
        if (shape.unclear || given || renamed) {
            return;
        }
        envFile(shape, call, frame);
        Optional<String> prefix = shape.options.containsKey("env_prefix")
                ? Optional.ofNullable(shape.options.get("env_prefix")).flatMap(Expression::string)
                : Optional.of("");
        if (prefix.isEmpty()) {
            return;
        }
        boolean exact = Optional.ofNullable(shape.options.get("case_sensitive"))
                .filter(value -> value.isConstant("True"))
                .isPresent();
        Optional<String> delimiter =
                Optional.ofNullable(shape.options.get("env_nested_delimiter")).flatMap(Expression::string);
        shape.fields.forEach((name, field) -> {
            if (call.named(name).isEmpty() && isRequired(field, shape.second)) {
                for (String variable :
                        variables(name, field, prefix.get()).stream().limit(1).toList()) {
                    String spelled = exact ? variable : variable.toUpperCase(Locale.ROOT);
                    evaluation.happens(new Happening.VariableRead(
                            new Scene(module(shape, frame), field.position(), frame.certain(), frame.caught()),
                            spelled,
                            new Need(Kind.REQUIRED, "pydantic", !exact, delimiter.map(spelled::concat))));
                }
            }
        });
    }

    private static ModuleSource module(Shape shape, Frame frame) {
        return shape.home.orElse(frame.scope()).module();
    }

    private void envFile(Shape shape, Call call, Frame frame) {
        Expression file = call.named("_env_file").orElse(shape.options.get("env_file"));
        if (file != null && !file.isConstant("None")) {
            evaluation.happens(new Happening.FileLoaded(
                    frame.at(call.position()), Optional.of(file.string().orElse("?"))));
        }
    }

    private static boolean isRequired(Annotated field, boolean second) {
        if (!second && mayBeNone(field.annotation())) {
            return false;
        }
        Optional<Call> annotated = annotatedField(field.annotation());
        if (annotated.isPresent() && hasDefault(annotated.get())) {
            return false;
        }
        if (field.value().isEmpty()) {
            return true;
        }
        Expression value = field.value().get();
        if (value.isConstant("...")) {
            return true;
        }
        if (!(value instanceof Call call)
                || call.function()
                        .dotted()
                        .filter(name -> name.equals("Field") || name.endsWith(".Field"))
                        .isEmpty()) {
            return false;
        }
        return !hasDefault(call);
    }

    /** The first generation gives such a field the default None. */
    private static boolean mayBeNone(Expression annotation) {
        return outermost(annotation).equals("Optional")
                || outermost(annotation).equals("Any")
                || annotation.parts().stream().anyMatch(part -> part.isConstant("None"));
    }

    private static boolean hasDefault(Call call) {
        boolean unpacked = call.arguments().stream().anyMatch(Argument::isUnpacked);
        Optional<Expression> value = call.at(0).or(() -> call.named("default"));
        return unpacked
                || call.named("default_factory").isPresent()
                || value.filter(given -> !given.isConstant("...")).isPresent();
    }

    /** {@code Field(...)} in {@code Annotated[str, Field(...)]}. */
    private static Optional<Call> annotatedField(Expression annotation) {
        if (annotation instanceof Subscript subscript && outermost(annotation).equals("Annotated")) {
            return subscript.index().parts().stream()
                    .filter(Call.class::isInstance)
                    .map(Call.class::cast)
                    .findFirst();
        }
        return Optional.empty();
    }

    /** The names of variables that fill a field; the first is told of. Empty if it cannot be told. */
    private static List<String> variables(String name, Annotated field, String prefix) {
        Optional<Call> call = field.value()
                .filter(Call.class::isInstance)
                .map(Call.class::cast)
                .or(() -> annotatedField(field.annotation()));
        for (String option : List.of("validation_alias", "alias", "env")) {
            Optional<Expression> alias = call.flatMap(made -> made.named(option));
            if (alias.isPresent()) {
                return alias.get().string().map(List::of).orElse(List.of());
            }
        }
        return List.of(prefix + name);
    }

    private static String outermost(Expression annotation) {
        Expression type = annotation instanceof Subscript subscript ? subscript.value() : annotation;
        String name = type.dotted().orElse("");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
