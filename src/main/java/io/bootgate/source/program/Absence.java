package io.bootgate.source.program;

import io.bootgate.source.program.Binding.Missing;
import io.bootgate.source.program.Binding.Variable;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Comparison;
import io.bootgate.source.python.Expression.Logical;
import io.bootgate.source.python.Expression.Unary;
import java.util.List;

/** Conditions that hold where a variable is not set: {@code not X}, {@code X is None}, {@code "X" not in os.environ}. */
record Absence(Evaluation evaluation, Variables variables) {

    List<Variable> of(Expression test, Frame frame) {
        if (test instanceof Unary not && not.operator().equals("not")) {
            return negated(not.operand(), frame);
        }
        if (test instanceof Logical either && either.operator().equals("or")) {
            return either.parts().stream()
                    .flatMap(part -> of(part, frame).stream())
                    .toList();
        }
        if (test instanceof Comparison comparison && comparison.operators().size() == 1) {
            return compared(comparison, frame);
        }
        return evaluation.evaluate(test, frame) instanceof Missing missing ? missing.variables() : List.of();
    }

    private List<Variable> negated(Expression operand, Frame frame) {
        if (operand instanceof Comparison comparison && comparison.operators().equals(List.of("in"))) {
            return inEnvironment(comparison, frame);
        }
        if (operand instanceof Call call
                && call.function().dotted().filter("all"::equals).isPresent()
                && call.at(0).orElse(operand) instanceof Collection all) {
            return all.parts().stream()
                    .flatMap(part -> variable(part, frame).stream())
                    .toList();
        }
        return variable(operand, frame);
    }

    private List<Variable> compared(Comparison comparison, Frame frame) {
        String operator = comparison.operators().get(0);
        Expression right = comparison.parts().get(1);
        if (operator.equals("not in")) {
            return inEnvironment(comparison, frame);
        }
        boolean none = right.isConstant("None")
                || right.string().filter(String::isEmpty).isPresent();
        return none && (operator.equals("is") || operator.equals("=="))
                ? variable(comparison.parts().get(0), frame)
                : List.of();
    }

    private List<Variable> variable(Expression expression, Frame frame) {
        return evaluation.evaluate(expression, frame) instanceof Variable variable ? List.of(variable) : List.of();
    }

    private List<Variable> inEnvironment(Comparison comparison, Frame frame) {
        boolean environment = evaluation
                .evaluate(comparison.parts().get(1), frame)
                .outside()
                .filter(name -> name.equals("os.environ") || name.equals("os.environ.keys"))
                .isPresent();
        return environment
                ? variables.named(evaluation.evaluate(comparison.parts().get(0), frame), frame).stream()
                        .toList()
                : List.of();
    }
}
