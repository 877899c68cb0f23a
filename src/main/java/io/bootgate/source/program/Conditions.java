package io.bootgate.source.program;

import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Comparison;
import io.bootgate.source.python.Expression.Logical;
import io.bootgate.source.python.Expression.Numeral;
import io.bootgate.source.python.Expression.Subscript;
import io.bootgate.source.python.Expression.Unary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Conditions that are known before the program runs.
 *
 * @param minor of the image's Python 3; empty if it is not known
 * @param main whether the module is run as a program
 */
record Conditions(OptionalInt minor, boolean main) {

    Optional<Boolean> holds(Expression test) {
        if (test.isConstant("True")) {
            return Optional.of(true);
        }
        if (test.isConstant("False") || test.isConstant("None")) {
            return Optional.of(false);
        }
        if (test instanceof Numeral number) {
            return Optional.of(!number.digits().equals("0"));
        }
        if (test instanceof Unary unary && unary.operator().equals("not")) {
            return holds(unary.operand()).map(value -> !value);
        }
        if (test instanceof Logical logical) {
            return logical(logical);
        }
        if (test instanceof Comparison comparison && comparison.operators().size() == 1) {
            return compared(
                    comparison.parts().get(0),
                    comparison.operators().get(0),
                    comparison.parts().get(1));
        }
        if (test instanceof Call call
                && call.function()
                        .dotted()
                        .filter("sys.platform.startswith"::equals)
                        .isPresent()) {
            return call.at(0).flatMap(Expression::string).map("linux"::startsWith);
        }
        return test.dotted()
                .filter(name -> name.equals("TYPE_CHECKING") || name.endsWith(".TYPE_CHECKING"))
                .map(name -> false);
    }

    private Optional<Boolean> logical(Logical logical) {
        boolean decides = logical.operator().equals("or");
        boolean allKnown = true;
        for (Expression part : logical.parts()) {
            Optional<Boolean> value = holds(part);
            if (value.isPresent() && value.get() == decides) {
                return Optional.of(decides);
            }
            allKnown &= value.isPresent();
        }
        return allKnown ? Optional.of(!decides) : Optional.empty();
    }

    private Optional<Boolean> compared(Expression left, String operator, Expression right) {
        String name = left.dotted().orElse("");
        if (left instanceof Subscript item) {
            String of = item.value().dotted().orElse("");
            boolean first =
                    item.index() instanceof Numeral number && number.digits().equals("0");
            return of.equals("sys.version_info") && first && right instanceof Numeral major
                    ? order(Integer.compare(3, Integer.parseInt(major.digits())), operator)
                    : Optional.empty();
        }
        Optional<String> text = right.string();
        return switch (name) {
            case "__name__" -> text.filter("__main__"::equals).flatMap(value -> equal(main, operator));
            case "sys.platform", "os.name" ->
                text.flatMap(value -> equal(value.equals("linux") || value.equals("posix"), operator));
            case "sys.version_info" ->
                right instanceof Collection tuple ? version(tuple.parts(), operator) : Optional.empty();
            case "sys.version_info.major" ->
                right instanceof Numeral number
                        ? order(Integer.compare(3, Integer.parseInt(number.digits())), operator)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<Boolean> version(List<Expression> parts, String operator) {
        int[] numbers = new int[2];
        for (int i = 0; i < Math.min(2, parts.size()); i++) {
            if (!(parts.get(i) instanceof Numeral number) || !number.digits().matches("\\d{1,4}")) {
                return Optional.empty();
            }
            numbers[i] = Integer.parseInt(number.digits());
        }
        if (numbers[0] != 3 || parts.size() == 1) {
            // (3, 11) is greater than (3,).
            return order(numbers[0] == 3 ? 1 : Integer.compare(3, numbers[0]), operator);
        }
        if (minor.isEmpty()) {
            return Optional.empty();
        }
        // (3, 11, 4, ...) is greater than (3, 11).
        int order = minor.getAsInt() == numbers[1] ? 1 : Integer.compare(minor.getAsInt(), numbers[1]);
        return parts.size() > 2 && minor.getAsInt() == numbers[1] ? Optional.empty() : order(order, operator);
    }

    private static Optional<Boolean> equal(boolean same, String operator) {
        return switch (operator) {
            case "==" -> Optional.of(same);
            case "!=" -> Optional.of(!same);
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> order(int order, String operator) {
        return switch (operator) {
            case "==" -> Optional.of(order == 0);
            case "!=" -> Optional.of(order != 0);
            case "<" -> Optional.of(order < 0);
            case "<=" -> Optional.of(order <= 0);
            case ">" -> Optional.of(order > 0);
            case ">=" -> Optional.of(order >= 0);
            default -> Optional.empty();
        };
    }
}
