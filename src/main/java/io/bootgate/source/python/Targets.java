package io.bootgate.source.python;

import io.bootgate.source.python.Expression.Attribute;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Expression.Starred;
import io.bootgate.source.python.Expression.Subscript;
import java.util.List;

/** What may be assigned to. */
final class Targets {
    private Targets() {}

    static void check(Expression target) {
        if (target instanceof Name || target instanceof Attribute || target instanceof Subscript) {
            return;
        }
        if (target instanceof Starred starred) {
            check(starred.value());
        } else if (target instanceof Collection collection && collection.kind() != '{') {
            collection.parts().forEach(Targets::check);
        } else {
            throw new BrokenSyntax(target.position(), "cannot assign to " + name(target));
        }
    }

    /** What {@code +=} and annotations take: one thing. */
    static void checkSingle(Expression target) {
        if (target instanceof Collection || target instanceof Starred) {
            throw new BrokenSyntax(target.position(), "cannot assign to " + name(target) + " here");
        }
        check(target);
    }

    private static String name(Expression target) {
        String kind = target.getClass().getSimpleName();
        return switch (kind) {
            case "Call" -> "function call";
            case "Text", "Numeral", "Bytes" -> "literal";
            case "Constant" -> ((Expression.Constant) target).word();
            case "Collection" -> ((Collection) target).kind() == '(' ? "tuple" : "set display";
            case "Formatted" -> "f-string expression";
            case "Logical", "Arithmetic", "Unary" -> "expression";
            case "Dictionary" -> "dict literal";
            default ->
                List.of("Await", "Yield", "Lambda", "Comparison", "Conditional").contains(kind)
                        ? kind.toLowerCase(java.util.Locale.ROOT)
                        : "expression";
        };
    }
}
