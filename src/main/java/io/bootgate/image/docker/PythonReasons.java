package io.bootgate.image.docker;

import static io.bootgate.image.docker.RunRule.oneLine;
import static io.bootgate.image.docker.RunRule.rule;

import java.util.List;

/** Why pip, uv and poetry fail, in their own words. */
final class PythonReasons {
    private static final String CERTIFICATE =
            "CERTIFICATE_VERIFY_FAILED|invalid peer certificate|SSLCertVerificationError";
    private static final String PROXY = "Cannot connect to proxy|ProxyError|Tunnel connection failed[^'\"\\n)]*";
    static final String UNREACHABLE = "NewConnectionError|NameResolutionError|ConnectTimeoutError"
            + "|Temporary failure in name resolution|Network is unreachable|ReadTimeoutError"
            + "|Failed to establish a new connection|dns error|tcp connect error";
    private static final String WHEEL = ", or use a binary wheel";

    static final List<RunRule> ALL = List.of(
            rule(
                    "externally-managed-environment",
                    m -> "pip refuses to install into the system's Python; use a virtual environment, or pip install"
                            + " --break-system-packages"),
            rule(
                    "Could not open requirements file: .*?'([^']+)'",
                    m -> "the file " + m.group(1) + " is not in the image at this point; COPY it before this RUN"),
            rule(
                    "ERROR: (?:\\S*/)?(\\S*) does not appear to be a Python project",
                    m -> "the folder " + (m.group(1).isEmpty() ? "that is installed" : m.group(1))
                            + " has neither setup.py nor pyproject.toml at this point; COPY it before this RUN"),
            rule(
                    "ERROR: (Cannot install .*? because these package versions have conflicting dependencies)",
                    m -> "pip finds no set of versions that fits together: " + m.group(1)),
            rule("ERROR: ResolutionImpossible", m -> "pip finds no set of versions that fits together"),
            rule("ERROR: Invalid requirement: (.*)", m -> "pip cannot read the requirement " + m.group(1)),
            rule("no such option: (\\S+)", m -> "pip knows no option " + m.group(1)),
            rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES[^\\n]*(?:\\n(?!\\s+\\S+.* from )[^\\n]*)*\\n\\s+(\\S+)[^\\n]* from ",
                    m -> "the hash of " + m.group(1) + " is not the one in the requirements file"),
            rule(
                    "THESE PACKAGES DO NOT MATCH THE HASHES",
                    m -> "the hash of a package is not the one in the requirements file"),
            rule(
                    "Hashes are required in --require-hashes mode[^\\n]*(?:\\n\\s*(\\S+) --hash=)?",
                    m -> (m.group(1) == null ? "a requirement" : m.group(1))
                            + " has no hash in the requirements file, where others have one: then pip wants one of each"),
            rule(
                    "In --require-hashes mode, all requirements must have their versions pinned with ==[^\\n]*\\n\\s*(\\S+)",
                    m -> m.group(1) + " is not pinned with ==, which pip wants where hashes are given"),
            rule(
                    "Cannot find command 'git'|(?i)git executable not found",
                    m ->
                            "a requirement comes from git, which is not in the image; install git before this RUN, or require a"
                                    + " released version"),
            rule(
                    "(?s)(?:" + CERTIFICATE + ").*(?:No matching distribution found for (\\S+))",
                    m -> "pip does not trust the certificate of the package index, so " + m.group(1)
                            + " cannot be fetched; COPY the certificate of your CA or proxy into the image and set PIP_CERT"),
            rule(
                    "(?s)(" + PROXY + ").*No matching distribution found for (\\S+)",
                    m -> "pip could not get " + m.group(2) + " through the proxy: " + m.group(1)),
            rule(
                    "(?s)(?:" + UNREACHABLE + ").*ERROR: No matching distribution found for (\\S+)",
                    m -> "pip could not reach the package index to get " + m.group(1)),
            rule(
                    "(?s)The repository located at (\\S+) is not a trusted or secure host and is being ignored.*"
                            + "No matching distribution found for (\\S+)",
                    m -> "pip ignores the package index " + m.group(1) + ", which speaks no TLS, and so finds no "
                            + m.group(2) + "; use https, or --trusted-host " + m.group(1)),
            rule(
                    "(?s)(?:40[13] (?:Client Error|Forbidden|Unauthorized)|User for \\S+:).*"
                            + "(?:No matching distribution found for (\\S+)|EOFError)",
                    m -> "the package index wants a login"
                            + (m.group(1) == null ? "" : ", so pip finds no " + m.group(1))),
            rule(
                    "(?s)(\\S+) Requires-Python (\\S+).*ERROR: No matching distribution found for (\\S+)",
                    m -> "pip found no distribution of " + m.group(3) + " for the image's Python (" + m.group(1)
                            + " wants Python " + m.group(2) + ")"),
            rule(
                    "ERROR: No matching distribution found for (.+)",
                    m -> "pip found no distribution that matches " + m.group(1).trim()),
            rule(
                    "Package '([^']+)' requires a different Python: (\\S+) not in '([^']+)'",
                    m -> m.group(1) + " wants Python " + m.group(3) + ", and the image has " + m.group(2)),
            rule(
                    "([\\w-]*_config|pg_config)(?: executable)?:? not found",
                    m -> "a package is built from source and needs " + m.group(1)
                            + "; install the development package that has it" + WHEEL),
            rule(
                    "Can not find valid pkg-config name|(?:/bin/sh: \\d+: |command |')pkg-config(?:: not found|')",
                    m ->
                            "a package is built from source and needs pkg-config and a library's development package; install"
                                    + " them" + WHEEL),
            rule(
                    "(?:command|unable to execute) '([\\w./+-]*(?:gcc|cc|clang|g\\+\\+|c\\+\\+)(?:-\\d+)?)'[^\\n]*No such file"
                            + "|(gcc|cc|g\\+\\+): not found|(?i:you need a (C compiler))|Unknown compiler\\(s\\): \\[\\['([^']+)'"
                            + "|(?i:no acceptable (C compiler) found)",
                    m -> "a package is built from source and needs a compiler (" + firstOf(m)
                            + ") that the image lacks; install build-essential" + WHEEL),
            rule(
                    "fatal error: (\\S+): No such file or directory",
                    m -> "a package is built from source and needs the header " + m.group(1)
                            + "; install the development package that has it" + WHEEL),
            rule(
                    "cannot find -l(\\S+)",
                    m -> "a package is built from source and needs the library " + m.group(1)
                            + "; install the development package that has it" + WHEEL),
            rule(
                    "(?i)can't find Rust compiler|cargo[^\\n]*(?:not found|is not installed)",
                    m -> "a package is built from source and needs Rust; use a binary wheel, or install cargo"),
            rule(
                    "(?s)(ModuleNotFoundError: No module named '[^']+').*(?:subprocess-exited-with-error"
                            + "|metadata-generation-failed|Getting requirements to build wheel)"
                            + "|(?s)(?:subprocess-exited-with-error|metadata-generation-failed"
                            + "|Getting requirements to build wheel).*(ModuleNotFoundError: No module named '[^']+')",
                    m -> "a package's setup.py failed with " + firstOf(m)),
            rule(
                    "(?:ERROR: )?Failed (?:building|to build) (?:wheel for |installable wheels for )?([^\\s(]+)",
                    m -> "the wheel of " + m.group(1) + " could not be built"),
            rule(
                    "(?s)Encountered error while (?:trying to install package|generating package metadata)\\.\\s+\\W*> (\\S+)",
                    m -> "the package " + m.group(1) + " could not be built"),
            rule(
                    "(pyproject\\.toml changed significantly since poetry\\.lock was last generated)",
                    m -> m.group(1) + "; run poetry lock"),
            rule(
                    "Because (.*?) (?:which )?doesn't match any versions, version solving failed",
                    m -> "poetry finds no version that fits: " + oneLine(m.group(1))),
            rule(
                    "error: Failed to fetch: `?([^\\s`]+)`?\\n(?:\\s*(?:cause|Caused by): (?:error sending|client error)[^\\n]*\\n)*"
                            + "\\s*(?:cause|Caused by): ([^\\n]*)",
                    m -> "uv could not fetch " + m.group(1) + ": " + m.group(2).trim()),
            rule(
                    "The lockfile at `([^`]+)` needs to be updated",
                    m -> m.group(1) + " does not fit to pyproject.toml any more; run uv lock"),
            rule(
                    "(?s)No solution found when resolving dependencies(?: for [^:]*)?:\\s+(.*?)(?:\\n\\n|$)",
                    m -> "uv finds no set of versions that fits together: "
                            + oneLine(m.group(1)).replace("╰─▶ ", "")));

    private PythonReasons() {}

    private static String firstOf(java.util.regex.Matcher m) {
        for (int i = 1; i <= m.groupCount(); i++) {
            if (m.group(i) != null) {
                return m.group(i);
            }
        }
        return m.group();
    }
}
