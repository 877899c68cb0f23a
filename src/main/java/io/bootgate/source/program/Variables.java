package io.bootgate.source.program;

import io.bootgate.source.program.Binding.Instance;
import io.bootgate.source.program.Binding.Literal;
import io.bootgate.source.program.Binding.Member;
import io.bootgate.source.program.Binding.Variable;
import io.bootgate.source.program.Happening.FileLoaded;
import io.bootgate.source.program.Happening.Need;
import io.bootgate.source.program.Happening.Need.Kind;
import io.bootgate.source.program.Happening.VariableRead;
import io.bootgate.source.program.Happening.VariableSet;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Dictionary;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Readers of variables: the environment itself, decouple, environs, django-environ, Starlette's Config. */
final class Variables {
    private static final Set<String> GETTERS = Set.of("os.getenv", "os.environ.get", "os.environ.pop");
    private static final Map<String, String> URLS = Map.of(
            "db",
            "DATABASE_URL",
            "db_url",
            "DATABASE_URL",
            "cache",
            "CACHE_URL",
            "cache_url",
            "CACHE_URL",
            "email",
            "EMAIL_URL",
            "email_url",
            "EMAIL_URL",
            "search_url",
            "SEARCH_URL");
    private static final Set<String> TYPED = Set.of(
            "str",
            "int",
            "bool",
            "float",
            "list",
            "json",
            "url",
            "tuple",
            "dict",
            "bytes",
            "decimal",
            "datetime",
            "date",
            "timedelta",
            "uuid",
            "log_level",
            "path",
            "enum",
            "unicode",
            "time");

    private final Program program;
    private final Evaluation evaluation;
    private final Deque<String> prefixes = new ArrayDeque<>();

    Variables(Program program, Evaluation evaluation) {
        this.program = program;
        this.evaluation = evaluation;
    }

    /** {@code of[index]}. */
    Optional<Binding> item(Binding of, Binding index, Subscript subscript, Frame frame) {
        if (of.outside().filter("os.environ"::equals).isEmpty()) {
            return Optional.empty();
        }
        read(index, new Need(Kind.REQUIRED, "os.environ", false, Optional.empty()), subscript.position(), frame);
        return Optional.of(Binding.Unknown.VALUE);
    }

    /** A call that reads a variable. */
    Optional<Binding> call(Binding function, Call call, List<Binding> arguments, Frame frame) {
        Optional<String> outside = function.outside();
        if (outside.isPresent()) {
            return plain(outside.get(), call, arguments, frame);
        }
        if (function instanceof Instance instance) {
            return instance.type().outside().flatMap(type -> reader(type, "", instance, call, arguments, frame));
        }
        if (function instanceof Member member && member.of() instanceof Instance instance) {
            return instance.type()
                    .outside()
                    .flatMap(type -> reader(type, member.name(), instance, call, arguments, frame));
        }
        return Optional.empty();
    }

    private Optional<Binding> plain(String name, Call call, List<Binding> arguments, Frame frame) {
        if (GETTERS.contains(name) && !arguments.isEmpty()) {
            boolean defaulted = call.arguments().size() > 1
                    && !call.arguments().get(1).value().isConstant("None");
            Kind kind = defaulted
                    ? Kind.DEFAULTED
                    : name.equals("os.environ.pop") && call.arguments().size() == 1 ? Kind.REQUIRED : Kind.OPTIONAL;
            Optional<String> variable = arguments.get(0).text();
            read(arguments.get(0), new Need(kind, name, false, Optional.empty()), call.position(), frame);
            return Optional.of(
                    variable.isPresent() && kind == Kind.OPTIONAL
                            ? new Variable(variable.get(), place(arguments.get(0), call.position(), frame))
                            : Binding.Unknown.VALUE);
        }
        switch (name) {
            case "os.environ.setdefault", "os.putenv" -> {
                if (!arguments.isEmpty()) {
                    set(arguments.get(0), call.position(), frame);
                }
                return Optional.empty();
            }
            case "os.environ.update" -> {
                call.arguments().forEach(argument -> update(argument.name(), argument.value(), call.position(), frame));
                return Optional.empty();
            }
            case "os.environ.__getitem__" -> {
                return arguments.isEmpty() ? Optional.empty() : required(name, arguments.get(0), call, frame);
            }
            case "decouple.config" -> {
                program.happens(new FileLoaded(frame.at(call.position()), Optional.empty()));
                return decoupled(call, arguments, frame);
            }
            case "dotenv.load_dotenv", "environ.Env.read_env", "environs.Env.read_env" -> {
                load(call, arguments, frame);
                return Optional.empty();
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private void load(Call call, List<Binding> arguments, Frame frame) {
        Optional<String> file =
                arguments.isEmpty() ? Optional.empty() : arguments.get(0).text();
        program.happens(new FileLoaded(frame.at(call.position()), file));
    }

    private Optional<Binding> required(String reader, Binding name, Call call, Frame frame) {
        read(name, new Need(Kind.REQUIRED, reader, false, Optional.empty()), call.position(), frame);
        return Optional.of(Binding.Unknown.VALUE);
    }

    private Optional<Binding> decoupled(Call call, List<Binding> arguments, Frame frame) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        boolean defaulted = call.named("default").isPresent() || call.at(1).isPresent() || unpacked(call);
        read(
                arguments.get(0),
                new Need(defaulted ? Kind.DEFAULTED : Kind.REQUIRED, "decouple", false, Optional.empty()),
                call.position(),
                frame);
        return Optional.of(Binding.Unknown.VALUE);
    }

    private Optional<Binding> reader(
            String type, String method, Instance instance, Call call, List<Binding> arguments, Frame frame) {
        switch (type) {
            case "decouple.Config", "decouple.AutoConfig" -> {
                program.happens(new FileLoaded(frame.at(call.position()), Optional.empty()));
                return method.isEmpty() ? decoupled(call, arguments, frame) : Optional.empty();
            }
            case "environs.Env", "environ.Env", "environ.FileAwareEnv", "environs.FileAwareEnv" -> {
                return typed(type, method, instance, call, arguments, frame);
            }
            case "starlette.config.Config" -> {
                if (!method.isEmpty()) {
                    return Optional.empty();
                }
                instance.call()
                        .at(0)
                        .flatMap(Expression::string)
                        .ifPresent(
                                file -> program.happens(new FileLoaded(frame.at(call.position()), Optional.of(file))));
                boolean prefixed = instance.call().named("env_prefix").isPresent();
                return prefixed ? Optional.of(Binding.Unknown.VALUE) : named(type, 2, call, arguments, frame);
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Optional<Binding> typed(
            String type, String method, Instance instance, Call call, List<Binding> arguments, Frame frame) {
        if (method.equals("read_env")) {
            load(call, arguments, frame);
            return Optional.empty();
        }
        boolean django = type.startsWith("environ.");
        if (django
                && URLS.containsKey(method)
                && call.at(0).isEmpty()
                && call.named("var").isEmpty()) {
            boolean defaulted = call.named("default").isPresent() || unpacked(call);
            Expression name = new Expression.Text(call.position(), URLS.getOrDefault(method, ""));
            Kind kind = defaulted ? Kind.DEFAULTED : Kind.REQUIRED;
            read(new Literal(name, frame), new Need(kind, type, false, Optional.empty()), call.position(), frame);
            return Optional.of(Binding.Unknown.VALUE);
        }
        if (!method.isEmpty() && !TYPED.contains(method) && !(django && URLS.containsKey(method))) {
            return Optional.empty();
        }
        String variable = arguments.isEmpty() ? "" : arguments.get(0).text().orElse("");
        boolean scheme = django
                && instance.call().arguments().stream()
                        .anyMatch(argument -> argument.stars() > 0
                                || (argument.name().equals(variable)
                                        && argument.value() instanceof Collection pair
                                        && pair.parts().size() > 1));
        if (scheme) {
            return Optional.of(Binding.Unknown.VALUE);
        }
        // The second argument is the default, but in Env()("X", cast) of django-environ.
        return named(type, django && method.isEmpty() ? 2 : 1, call, arguments, frame);
    }

    private Optional<Binding> named(String type, int place, Call call, List<Binding> arguments, Frame frame) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        Optional<Expression> value = call.named("default").or(() -> call.at(place));
        boolean defaulted = value.isPresent() || unpacked(call);
        Kind kind = defaulted ? Kind.DEFAULTED : Kind.REQUIRED;
        read(arguments.get(0), new Need(kind, type, false, Optional.empty()), call.position(), frame);
        return Optional.of(Binding.Unknown.VALUE);
    }

    private static boolean unpacked(Call call) {
        return call.arguments().stream().anyMatch(argument -> argument.stars() > 0);
    }

    /** {@code with env.prefixed("APP_")}: what is read in it has this before its name. */
    boolean pushPrefix(Instance context, Frame frame) {
        Binding function =
                program.quietly(() -> evaluation.evaluate(context.call().function(), frame));
        boolean prefixed = function instanceof Member member && member.name().equals("prefixed");
        if (prefixed) {
            prefixes.addLast(context.call().at(0).flatMap(Expression::string).orElse("?"));
        }
        return prefixed;
    }

    void popPrefix() {
        prefixes.removeLast();
    }

    private void update(String name, Expression value, Position position, Frame frame) {
        if (!name.isEmpty()) {
            program.happens(new VariableSet(frame.at(position), name));
        } else if (value instanceof Dictionary entries) {
            entries.entries()
                    .forEach(entry -> entry.key()
                            .flatMap(Expression::string)
                            .ifPresent(key -> program.happens(new VariableSet(frame.at(position), key))));
        } else {
            program.happens(new FileLoaded(frame.at(position), Optional.of("?")));
        }
    }

    void set(Binding name, Position position, Frame frame) {
        Optional<String> variable = name.text();
        if (variable.isPresent()) {
            program.happens(new VariableSet(frame.at(position), variable.get()));
        } else {
            program.happens(new FileLoaded(frame.at(position), Optional.of("?")));
        }
    }

    private void read(Binding name, Need need, Position position, Frame frame) {
        Optional<String> text = name.text();
        if (text.isEmpty() || prefixes.contains("?")) {
            return;
        }
        String prefix =
                need.reader().contains("nviron") && need.reader().endsWith("Env") ? String.join("", prefixes) : "";
        program.happens(new VariableRead(place(name, position, frame), prefix + text.get(), need));
    }

    /** Where the name is written: it may have been handed to a function that reads it. */
    private static Scene place(Binding name, Position position, Frame frame) {
        Scene here = frame.at(position);
        if (name instanceof Literal literal && literal.frame().scope() != frame.scope()) {
            return new Scene(
                    literal.frame().scope().module(), literal.value().position(), here.certain(), here.caught());
        }
        return here;
    }

    /** The variable that a binding names. */
    Optional<Variable> named(Binding name, Frame frame) {
        return name.text().map(text -> {
            Position position =
                    name instanceof Literal literal ? literal.value().position() : new Position(1, 1);
            return new Variable(text, place(name, position, frame));
        });
    }

    /** The program ends itself where the variable is not set. */
    void required(Variable variable, Frame frame) {
        Scene read = variable.scene();
        Scene scene = new Scene(read.module(), read.position(), frame.certain(), frame.caught());
        program.happens(
                new VariableRead(scene, variable.name(), new Need(Kind.REQUIRED, "check", false, Optional.empty())));
    }
}
