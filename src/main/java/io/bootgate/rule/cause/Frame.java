package io.bootgate.rule.cause;

import java.util.regex.Pattern;

/**
 * One frame of a Python traceback.
 *
 * @param function empty in the form that syntax errors have
 * @param source text of the line, empty if the traceback does not show it
 */
record Frame(String file, int line, String function, String source) {
    private static final Pattern NOT_THE_APP = Pattern.compile(
            "^<|/(?:site|dist)-packages/|/lib(?:64)?/python\\d[^/]*/|/s?bin/[^/]+$"
                    + "|/(?:gunicorn|uvicorn|hypercorn|waitress)/(?:[a-z_]+/)*[a-z_]+\\.py$|^/usr/share/python|\\.zip/|^[^/]*importlib");

    /** Whether this is code of the application, not of Python, a library or a server. */
    boolean isOfTheApp() {
        return !NOT_THE_APP.matcher(file).find();
    }

    /** Whether the file is one of Python's own modules with this name, frozen or not: {@code os}, {@code importlib}. */
    boolean isStandardModule(String module) {
        return file.startsWith("<frozen " + module + ">")
                || file.startsWith("<frozen " + module + ".")
                || (file.matches(".*/lib(?:64)?/python\\d[^/]*/" + Pattern.quote(module) + "(?:/.*)?(?:\\.pyc?)?")
                        && !file.contains("-packages/"));
    }

    /** Path with forward slashes only and without {@code /./}. */
    String path() {
        return file.replace('\\', '/').replace("/./", "/");
    }
}
