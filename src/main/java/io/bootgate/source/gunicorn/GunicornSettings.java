package io.bootgate.source.gunicorn;

import io.bootgate.source.gunicorn.Setting.Source;
import io.bootgate.source.python.Expression;
import io.bootgate.source.python.Expression.Collection;
import io.bootgate.source.python.Expression.Name;
import io.bootgate.source.python.Python;
import io.bootgate.source.python.Statement;
import io.bootgate.source.python.Statement.Assign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gunicorn's settings as it would work them out: variables, then the configuration file, then GUNICORN_CMD_ARGS, then the command
 * line.
 *
 * @param settings the winning ones
 * @param file path of the configuration file that is read; empty if none is, or if it is a module
 * @param app the module and attribute that the command line, else {@code wsgi_app}, names
 */
public record GunicornSettings(Map<String, Setting> settings, Optional<String> file, Optional<String> app) {

    /**
     * Works them out.
     *
     * @param arguments of the command line, without the name of the program
     * @param env where it is started
     * @param files reads a configuration file by its path as it is given
     */
    public static GunicornSettings of(
            List<String> arguments, Map<String, String> env, Function<String, Optional<Python>> files) {
        Arguments line = Arguments.of(arguments);
        Arguments more = Arguments.of(words(env.getOrDefault("GUNICORN_CMD_ARGS", "")));
        Map<String, Setting> settings = new LinkedHashMap<>();
        if (!env.getOrDefault("PORT", "").isEmpty()) {
            put(settings, "bind", Source.ENVIRONMENT, "0.0.0.0:" + env.get("PORT"));
        }
        if (!env.getOrDefault("WEB_CONCURRENCY", "").isEmpty()) {
            put(settings, "workers", Source.ENVIRONMENT, env.getOrDefault("WEB_CONCURRENCY", ""));
        }
        String config = last(line, "config").or(() -> last(more, "config")).orElse("./gunicorn.conf.py");
        String path = config.startsWith("file:") ? config.substring("file:".length()) : config;
        Optional<Python> source = path.startsWith("python:") ? Optional.empty() : files.apply(path);
        source.ifPresent(python -> file(python.body(), settings));
        more.settings().forEach((name, values) -> put(settings, name, Source.CMD_ARGS, String.join(",", values)));
        line.settings().forEach((name, values) -> put(settings, name, Source.COMMAND_LINE, String.join(",", values)));
        Optional<String> app = line.app().stream()
                .findFirst()
                .or(() -> Optional.ofNullable(settings.get("wsgi_app")).flatMap(Setting::text));
        return new GunicornSettings(settings, source.map(python -> path), app);
    }

    public Optional<Setting> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    public Optional<String> text(String name) {
        return setting(name).flatMap(Setting::text);
    }

    private static Optional<String> last(Arguments arguments, String name) {
        List<String> values = arguments.settings().getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    private static void put(Map<String, Setting> settings, String name, Source source, String value) {
        settings.put(name, new Setting(name, source, Optional.of(value), Optional.empty(), 0));
    }

    private static void file(List<Statement> body, Map<String, Setting> settings) {
        Map<String, Expression> names = new HashMap<>();
        for (Statement statement : body) {
            if (statement instanceof Assign assign && assign.targets().get(0) instanceof Name name) {
                Expression value =
                        assign.value() instanceof Name other ? names.getOrDefault(other.id(), other) : assign.value();
                names.put(name.id(), value);
                settings.put(name.id(), of(name.id(), value, assign.position().line()));
            } else {
                // What a block sets is not known: it hides what was known before.
                statement.blocks().forEach(block -> forget(block, settings));
            }
        }
    }

    private static void forget(List<Statement> block, Map<String, Setting> settings) {
        for (Statement statement : block) {
            if (statement instanceof Assign assign && assign.targets().get(0) instanceof Name name) {
                int line = assign.position().line();
                settings.put(name.id(), new Setting(name.id(), Source.FILE, Optional.empty(), Optional.empty(), line));
            }
            statement.blocks().forEach(inner -> forget(inner, settings));
        }
    }

    private static Setting of(String name, Expression value, int line) {
        return new Setting(name, Source.FILE, literal(value), Optional.of(value), line);
    }

    private static Optional<String> literal(Expression value) {
        if (value instanceof Expression.Numeral number) {
            return Optional.of(number.digits().replace("_", ""));
        }
        if (value instanceof Expression.Constant constant) {
            return Optional.of(constant.word());
        }
        if (value instanceof Collection list
                && list.parts().stream().allMatch(part -> part.string().isPresent())) {
            List<String> parts = new ArrayList<>();
            list.parts().forEach(part -> part.string().ifPresent(parts::add));
            return Optional.of(String.join(",", parts));
        }
        return value.string();
    }

    /** Words as a shell splits them; quotes hold words together. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        java.util.regex.Matcher word = java.util.regex.Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+")
                .matcher(text);
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words.isEmpty() ? Arrays.asList() : words;
    }
}
