package io.bootgate.source.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the machine's standard library does not show. */
class PythonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "match x:\n    case {'a': [1, *rest], **more} if rest: pass\n    case Point(x=0, y=-1) | None: pass\n    case a.B | (1 | 2) as n: pass\n    case _: pass\n",
                "match = 1\nmatch[0] = match(1)\nprint(match)\nmatch.x\n",
                "type X[T: int = str, *Ts, **P] = list[T]\ntype = 3\ntype(x)\n",
                "class A[T](B, metaclass=M): pass\ndef f[T: (int, str)](x: T, /, *, y=1) -> T: ...\n",
                "try:\n    pass\nexcept* (A, B) as e:\n    pass\n",
                "try:\n    pass\nexcept A, B:\n    pass\n",
                "x = f'{a['b']}' f\"{x!r:>{width}}\" f'{x=}' f'{{}}' f'''{\n  x  # comment\n}'''\n",
                "x = t'{name!s} \\{x} \\N{DASH}' rf'\\d{n}{{2}}'\n",
                "with (open(a) as b, open(c) as d,): pass\nwith (a, b): pass\nwith (yield): pass\nwith (a).b as c, (d): pass\n",
                "async def f():\n    async with a as b, c: pass\n    async for x in y: await z\n    return [i async for i in j if await k]\n",
                "x = lambda a, /, b=1, *c, d, **e: (yield)\nprint(*a, **b, c=1)\nx[1:2, ::3, *y]\n",
                "if (n := 10) > 5: pass\nwhile chunk := f(): pass\n@a.b[0](c)\ndef f(): pass\n",
                "a = b = *c, d = e\na: int = 1\na += yield_\nx = 1if y else 2\n0x1F_FF + 0b1 + 0o7 + 1_000.5e-3j + 1.\n",
                "\ufeffif a:\n\tif b:\n\t\tpass\n\n# comment\n\\\nx = 1; y = 2;\n",
                "def f():\n    global a, b\n    nonlocal_ = 1\n    raise A from B\nfrom . import (a, b as c,)\nfrom ...x.y import *\n",
            })
    void readsWhatPython3Reads(String source) {
        assertThat(Python.read(source).problem()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            print "x"                           | 1:1 | Missing parentheses in call to 'print'
            exec code                           | 1:1 | Missing parentheses in call to 'exec'
            raise E, "x"                        | 1:8 | Python 2 syntax
            x = 10L                             | 1:5 | Python 2 syntax
            x = 0777                            | 1:5 | leading zeros
            x = `y`                             | 1:5 | Python 2 syntax
            if a <> b: pass                     | 1:6 | Python 2 syntax
            x = (1, 2                           | 1:5 | '(' was never closed
            x = 'abc                            | 1:5 | unterminated string literal
            def f(:                             | 1:6 | '(' was never closed
            return 1                            | 1:1 | 'return' outside function
            break                               | 1:1 | 'break' outside loop
            f() = 1                             | 1:1 | cannot assign to function call
            x = {1: 2)                          | 1:10 | does not match
            if x = 1: pass                      | 1:6 | Maybe you meant '=='
            f(a=1, a=2)                         | 1:8 | keyword argument repeated
            f(a=1, 2)                           | 1:8 | positional argument follows
            def f(a=1, b): pass                 | 1:12 | parameter without a default
            x = f'{a'                           | 1:9 | unterminated string literal
            x = f'}'                            | 1:7 | single '}'
            class = 1                           | 1:7 | invalid syntax
            a b                                 | 1:3 | invalid syntax
            {{ cookiecutter.name }}: 1 =        | 1:1 | cannot assign to set display
            """)
    void saysWhereAndWhyItCannot(String source, String place, String message) {
        SyntaxProblem problem = Python.read(source + "\n").problem().orElseThrow();
        assertThat(problem.position().line() + ":" + problem.position().column())
                .isEqualTo(place);
        assertThat(problem.message()).contains(message);
    }

    @Test
    void indentationIsCheckedAsPythonDoes() {
        assertThat(message("if a:\n    b\n  c\n")).isEqualTo("3 unindent does not match any outer indentation level");
        assertThat(message("if a:\n        b\n\tc\n"))
                .isEqualTo("3 inconsistent use of tabs and spaces in indentation");
        assertThat(message("x = 1\n  y = 2\n")).isEqualTo("2 unexpected indent");
        assertThat(message("if a:\nb\n")).isEqualTo("2 expected an indented block");
    }

    private static String message(String source) {
        SyntaxProblem problem = Python.read(source).problem().orElseThrow();
        return problem.position().line() + " " + problem.message();
    }

    @Test
    void newerWaysOfWritingAreTold() {
        List<Feature> features = Python.read("""
                if (n := 1): pass
                match n:
                    case 1: pass
                def f[T](x, /): pass
                type X = int
                x = f'{a['b']}' t'' f'{a=}'
                """).features();
        assertThat(features)
                .extracting(feature -> feature.position().line() + " 3." + feature.minor())
                .containsExactlyInAnyOrder("1 3.8", "2 3.10", "4 3.12", "4 3.8", "5 3.12", "6 3.12", "6 3.14", "6 3.8");
    }

    @Test
    void oldWaysOfWritingFStringsAreNotTakenForNewOnes() {
        assertThat(Python.read("x = f\"{a['b']}\" f'{x:\\n}' f'''{d[\"k\"]}''' f'{x:#x}'\n")
                        .features())
                .isEmpty();
    }

    @Test
    void deepNestingIsRefusedAndNotFatal() {
        assertThat(message("x = " + "(".repeat(5000))).contains("too many nested parentheses");
        assertThat(message("x = " + "-".repeat(50_000) + "1")).contains("too deeply nested");
        assertThat(message("x = " + "not ".repeat(50_000) + "1")).contains("too deeply nested");
        assertThat(message("x = " + "lambda: ".repeat(50_000) + "1")).contains("too deeply nested");
        assertThat(message("x = a" + ".b".repeat(50_000))).contains("too deeply nested");
        assertThat(message("x = " + "f'{".repeat(5000))).contains("nested");
        assertThat(message("x = " + "1 if a else ".repeat(50_000) + "1")).contains("too deeply nested");
        assertThat(Python.read("x = " + "1 + ".repeat(100_000) + "1\n").problem())
                .isEmpty();
        assertThat(Python.read("x = " + "a and ".repeat(100_000) + "b\n").problem())
                .isEmpty();
        assertThat(Python.read("if a: pass\n" + "elif b: pass\n".repeat(20_000)).problem())
                .isEmpty();
    }

    @Test
    void stringsHaveTheirValues() {
        assertThat(text("'a\\x41\\u00e9\\n' \"b\" r'\\d'")).isEqualTo("aA\u00e9\nb\\d");
        assertThat(text("'''it's\n\\\nso'''")).isEqualTo("it's\nso");
    }

    private static String text(String literal) {
        Statement statement = Python.read("x = " + literal + "\n").body().get(0);
        return ((Statement.Assign) statement).value().string().orElseThrow();
    }

    @Test
    void filesAreInTheEncodingThatTheySay() {
        byte[] latin = "# -*- coding: latin-1 -*-\nx = '\u00e9'\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SourceBytes.problem(latin)).isEmpty();
        assertThat(SourceBytes.text(latin)).contains("\u00e9");
        byte[] undeclared = "a = 1\nx = '\u00e9'\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SourceBytes.problem(undeclared).orElseThrow().position()).isEqualTo(new Position(2, 1));
        assertThat(SourceBytes.problem("# coding: no-such-thing\n".getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()
                        .message())
                .contains("unknown encoding: no-such-thing");
        assertThat(SourceBytes.problem("x = 'coding: none'\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
