package io.bootgate.source.program;

import io.bootgate.source.program.Binding.Literal;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Dictionary;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What Django imports by the names in its settings, when it is set up. */
record DjangoSettings(Program program, Evaluation evaluation) {

    void load(Scope settings) {
        names(settings, "INSTALLED_APPS").forEach(app -> app(app, settings));
        names(settings, "MIDDLEWARE").forEach(name -> imported(parent(name.text()), name, settings));
        engine(settings);
    }

    private record Named(String text, Literal literal) {}

    private List<Named> names(Scope settings, String name) {
        Optional<Binding> list = settings.own(name);
        return list.map(evaluation::elements).orElse(List.of()).stream()
                .flatMap(element -> element.text().map(text -> new Named(text, (Literal) element)).stream())
                .filter(named -> !named.text().startsWith("django."))
                .toList();
    }

    /** An app is a module, or a class of one. */
    private void app(Named app, Scope settings) {
        String last = app.text().substring(app.text().lastIndexOf('.') + 1);
        boolean type = !last.isEmpty()
                && Character.isUpperCase(last.charAt(0))
                && app.text().contains(".");
        imported(type ? parent(app.text()) : app.text(), app, settings);
    }

    private static String parent(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private void imported(String module, Named named, Scope settings) {
        Scope home = named.literal().frame().scope();
        Frame frame = Frame.of(home.root().module().path().isEmpty() ? settings : home, true, Set.of(), 0);
        if (module.matches("[A-Za-z_][\\w.]*")) {
            program.imports().load(module, named.literal().value().position(), frame, List.of());
        }
    }

    /** {@code DATABASES["default"]["ENGINE"]}. */
    private void engine(Scope settings) {
        if (!(settings.own("DATABASES").orElse(Binding.Unknown.VALUE) instanceof Literal databases)) {
            return;
        }
        value(databases.value(), "default")
                .flatMap(entry -> value(entry, "ENGINE"))
                .ifPresent(engine -> engine.string()
                        .ifPresent(name -> program.happens(new Happening.Imported(
                                new Scene(databases.frame().scope().module(), engine.position(), true, Set.of()),
                                name,
                                List.of()))));
    }

    private static Optional<Expression> value(Expression dictionary, String key) {
        return dictionary instanceof Dictionary entries
                ? entries.entries().stream()
                        .filter(entry -> entry.key()
                                .flatMap(Expression::string)
                                .filter(key::equals)
                                .isPresent())
                        .map(Expression.Entry::value)
                        .findFirst()
                : Optional.empty();
    }
}
