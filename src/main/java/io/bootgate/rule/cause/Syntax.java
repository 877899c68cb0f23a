package io.bootgate.rule.cause;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Which version of Python a line that another version rejects is written for. */
final class Syntax {
    /** What a line needs, as half a sentence, and what to do. */
    record Needs(String what, String fix) {}

    /** A construct of a later Python 3: minor version, its name, how the line looks, what the older Python says. */
    private record Construct(int since, String name, Pattern source, Pattern message) {}

    private static final List<Construct> CONSTRUCTS = List.of(
            construct(14, "A template string", "\\bt[\"']", "."),
            construct(14, "except without parentheses", "^except [\\w.]+, ?[\\w.]+(?:, ?[\\w.]+)*:", "parenthesized"),
            construct(12, "A type statement", "^type \\w+(?:\\[.*\\])? *=", "."),
            construct(12, "A type parameter", "^(?:async )?(?:def|class) \\w+\\[", "."),
            construct(
                    12,
                    "A quote or a backslash inside an f-string's braces",
                    "f[\"'].*\\{",
                    "f-string|unterminated|unmatched|expected|comma|invalid syntax"),
            construct(11, "except*", "^except ?\\*", "."),
            construct(10, "A match statement", "^match .+:$|^case .+:", "."),
            construct(10, "with and several items in parentheses", "^(?:async )?with ?\\(", "."),
            construct(9, "A decorator that is an expression", "^@.*[\\[(].*\\)\\.|^@\\(", "."),
            construct(8, "An assignment expression (:=)", ":=", "."),
            construct(8, "A positional-only parameter", "^(?:async )?def .*[(,] ?/ ?[,)]", "."),
            construct(8, "f\"{x=}\"", "f[\"'].*\\{\\w+=\\}", "."),
            construct(7, "from __future__ import annotations", "__future__", "future feature"),
            construct(6, "An f-string", "\\bf[\"']", "."),
            construct(5, "async def", "^async (?:def|with|for)\\b|\\bawait ", "invalid syntax"),
            construct(
                    1,
                    "print with file=, end=, sep= or flush=",
                    "^print\\(.*\\b(?:file|end|sep|flush) ?=",
                    "invalid syntax"),
            construct(1, "nonlocal", "^nonlocal ", "invalid syntax"));

    private static final Pattern PYTHON_2 = Pattern.compile("Missing parentheses in call to '(?:print|exec)'"
            + "|leading zeros in decimal integer literals|invalid decimal literal.*\\dL|multiple exception types must be parenthesized"
            + "|inconsistent use of tabs and spaces in Python 2");
    private static final Pattern PYTHON_2_SOURCE = Pattern.compile(
            "^print +[\"'\\w]|^except [\\w.]+ ?, ?\\w+:|^raise \\w+ ?, |\\bur[\"']|<>|`\\w+`|^exec [\"']");

    // The second name is a variable there, and a class in the form that Python 3.14 has.
    private static final Pattern PYTHON_2_EXCEPT = Pattern.compile("^except [\\w.]+ ?, ?[a-z]\\w*:");
    private static final Needs PYTHON_2_NEEDS =
            new Needs("This is Python 2", "Port the code, or upgrade the distribution, to Python 3.");

    private Syntax() {}

    private static Construct construct(int since, String name, String source, String message) {
        return new Construct(since, name, Pattern.compile(source), Pattern.compile(message));
    }

    /** What the rejected line needs, if that is another version of Python than the image has. */
    static Optional<Needs> needs(Traceback error, OptionalInt python) {
        Frame frame = error.lastFrame().orElse(new Frame("", 0, "", ""));
        String source = frame.source().strip();
        if (PYTHON_2_EXCEPT.matcher(source).find()) {
            return Optional.of(PYTHON_2_NEEDS);
        }
        for (Construct construct : CONSTRUCTS) {
            if (python.orElse(0) < construct.since()
                    && (python.isPresent() || construct.since() <= 10)
                    && construct.source().matcher(source).find()
                    && construct.message().matcher(error.message()).find()) {
                return Optional.of(new Needs(
                        construct.since() == 1
                                ? "%s needs Python 3".formatted(construct.name())
                                : "%s needs Python 3.%d or later".formatted(construct.name(), construct.since()),
                        construct.since() < 6
                                ? "Start it with Python 3: FROM python:3-slim, and python3 in the command."
                                : "Use FROM python:3.%d-slim or later, or write it the older way."
                                        .formatted(construct.since())));
            }
        }
        if (PYTHON_2.matcher(error.message()).find()
                || PYTHON_2_SOURCE.matcher(source).find()) {
            return Optional.of(PYTHON_2_NEEDS);
        }
        if (!source.isEmpty() && !frame.isOfTheApp() && frame.file().startsWith("/")) {
            return Optional.of(new Needs(
                    "An installed distribution is written for another version of Python",
                    "Upgrade the distribution that %s belongs to, or use the version of Python that it was made for."
                            .formatted(frame.path())));
        }
        return Optional.empty();
    }
}
