package io.bootgate.source.python;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code def} and {@code lambda}. */
final class ParameterParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    ParameterParser(Cursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    /** Reads up to the token that ends them, which is left to the caller. */
    List<Parameter> parameters(String end, boolean annotated) {
        List<Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean defaults = false;
        boolean star = false;
        while (!cursor.at(end)) {
            Position start = cursor.position();
            if (cursor.take("/")) {
                cursor.feature("positional-only parameters (/)", 8, start);
            } else if (cursor.take("**")) {
                parameters.add(parameter(2, annotated));
                cursor.take(",");
                if (!cursor.at(end)) {
                    throw cursor.broken("arguments cannot follow var-keyword argument");
                }
                return parameters;
            } else if (cursor.take("*")) {
                star = true;
                if (!cursor.at(",")) {
                    parameters.add(parameter(1, annotated));
                }
            } else {
                if (annotated && cursor.at("(")) {
                    throw cursor.broken("Python 2 syntax: a parameter cannot be a tuple");
                }
                Parameter parameter = parameter(0, annotated);
                if (!names.add(parameter.name())) {
                    throw new BrokenSyntax(
                            start, "duplicate argument '" + parameter.name() + "' in function definition");
                }
                if (defaults && !star && parameter.value().isEmpty()) {
                    throw new BrokenSyntax(start, "parameter without a default follows parameter with a default");
                }
                defaults |= parameter.value().isPresent();
                parameters.add(parameter);
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        return parameters;
    }

    private Parameter parameter(int stars, boolean annotated) {
        String name = cursor.name();
        Optional<Expression> annotation = Optional.empty();
        if (annotated && cursor.take(":")) {
            Position start = cursor.position();
            annotation = Optional.of(
                    stars == 1 && cursor.take("*")
                            ? new Expression.Starred(start, expressions.operation(1))
                            : expressions.expression());
        }
        Optional<Expression> value =
                stars == 0 && cursor.take("=") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Parameter(name, stars, annotation, value);
    }

    /** {@code [T: int = str, *Ts, **P]} of PEP 695. */
    void typeParameters() {
        if (!cursor.at("[")) {
            return;
        }
        cursor.feature("type parameters", 12, cursor.position());
        cursor.next();
        while (!cursor.at("]")) {
            if (!cursor.take("**")) {
                cursor.take("*");
            }
            cursor.name();
            if (cursor.take(":")) {
                expressions.expression();
            }
            if (cursor.at("=")) {
                cursor.feature("default of a type parameter", 13, cursor.position());
                cursor.next();
                cursor.take("*");
                expressions.expression();
            }
            if (!cursor.take(",")) {
                break;
            }
        }
        expressions.close("[", "]");
    }
}
