package io.bootgate.source.python;

import io.bootgate.source.python.Expression.Call;
import io.bootgate.source.python.Expression.Lambda;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Statement.Assign;
import io.bootgate.source.python.Statement.ClassDef;
import io.bootgate.source.python.Statement.FunctionDef;
import io.bootgate.source.python.Statement.Import;
import io.bootgate.source.python.Statement.ImportFrom;
import java.util.ArrayList;
import java.util.List;

/** What is in a source, in the one line that outline.py prints for it. */
final class Outline {
    private final List<String> imports = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private int functions;
    private int classes;
    private int lambdas;

    static String of(String path, String text) {
        Python source = Python.read(text);
        if (source.problem().isPresent()) {
            return path + ": " + source.problem().get();
        }
        Outline outline = new Outline();
        outline.walk(source.body());
        outline.imports.sort(null);
        outline.calls.sort(null);
        List<String> names = new ArrayList<>();
        source.body().forEach(statement -> addNames(statement, names));
        return String.join(
                "|",
                path,
                String.join(",", outline.imports),
                "" + outline.functions,
                "" + outline.classes,
                "" + outline.lambdas,
                String.join(",", outline.calls),
                String.join(",", names));
    }

    private static void addNames(Statement statement, List<String> names) {
        int line = statement.position().line();
        if (statement instanceof FunctionDef function) {
            names.add(line + " " + function.name());
        } else if (statement instanceof ClassDef type) {
            names.add(line + " " + type.name());
        } else if (statement instanceof Assign assign) {
            for (Expression target : assign.targets()) {
                if (target instanceof Name name) {
                    names.add(line + " " + name.id());
                }
            }
        }
    }

    private void walk(List<Statement> body) {
        for (Statement statement : body) {
            int line = statement.position().line();
            if (statement instanceof Import imported) {
                imported.names().forEach(alias -> imports.add(line + " " + alias.name()));
            } else if (statement instanceof ImportFrom from) {
                String module = ".".repeat(from.level()) + from.module();
                from.names().forEach(alias -> imports.add(line + " " + module + "." + alias.name()));
            } else if (statement instanceof FunctionDef) {
                functions++;
            } else if (statement instanceof ClassDef) {
                classes++;
            }
            statement.parts().forEach(this::visit);
            statement.blocks().forEach(this::walk);
        }
    }

    private void visit(Expression expression) {
        if (expression instanceof Call call) {
            calls.add(call.position().line() + ":" + call.arguments().size());
        } else if (expression instanceof Lambda) {
            lambdas++;
        }
        expression.parts().forEach(this::visit);
    }
}
