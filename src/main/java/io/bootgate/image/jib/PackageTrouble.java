package io.bootgate.image.jib;

import io.bootgate.image.ImageBuildException;
import io.bootgate.image.jib.PackageTool.Ended;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why uv or pip could not get the packages, read from what they wrote. */
record PackageTrouble(RequirementFiles wanted, ImagePython python, Ended ended) {
    private static final int SHOWN = 20;
    private static final Pattern LOGIN_REFUSED = Pattern.compile(
            "(?i)\\b(?:401|403)\\b[^\\n]*(?:error|unauthorized|forbidden|client)|unauthorized|\\bforbidden\\b");
    private static final Pattern UNREACHABLE = Pattern.compile(
            "(?i)error sending request|Failed to establish a new connection|Temporary failure in name resolution"
                    + "|Connection(?:Error| refused| reset)|ConnectTimeout|ReadTimeout|timed out|ProxyError|dns error|SSLError"
                    + "|SSLCertVerificationError|invalid peer certificate|Could not fetch URL|\\b50[234]\\b[^\\n]*(?:Server|Bad|Service|Gateway)");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s'\"()<>]+");
    private static final Pattern HASH =
            Pattern.compile("(?s)(?:Hash mismatch for `([^`]+)`|DO NOT MATCH THE HASHES.*?\\n\\s+(\\S+) from )");
    private static final Pattern UNHASHED = Pattern.compile(
            "(?s)(?:Hashes are required|In `--require-hashes` mode, all requirements must have|all requirements must have their versions pinned).*?(?:`([^`]+)`|\\n\\s+(\\S+))");
    private static final Pattern INVALID = Pattern.compile(
            "(?:Invalid requirement: '([^']+)'[^\\n]*line (\\d+)|Couldn't parse requirement in [^\\n]*)");
    private static final Pattern STALE_LOCK = Pattern.compile(
            "(?i)lock(?:file)?[^\\n]*(?:needs to be updated|out of date)|changed significantly since[^\\n]*lock");
    private static final Pattern CONFLICT = Pattern.compile("(?s)The conflict is caused by:\\n(.*?)\\n\\s*\\n");
    private static final Pattern PIP_NONE =
            Pattern.compile("satisfies the requirement (\\S+)(?: \\(from .*?\\))? \\(from versions: ([^)]*)\\)");
    private static final Pattern UV_NO_WHEEL = Pattern.compile(
            "Because (?:only )?(?:the following versions of )?([A-Za-z0-9._-]+)(\\S*)[^\\n]*has no (?:usable wheels|wheels with)");
    private static final Pattern UV_ABSENT =
            Pattern.compile("Because ([A-Za-z0-9._-]+) was not found in the package registry");
    private static final Pattern UV_NO_VERSION =
            Pattern.compile("Because there is no version of ([A-Za-z0-9._-]+?)(?:[=<>!~][^ ]*)? ");
    private static final Pattern UV_CAUSE = Pattern.compile("(?s)(?:╰─▶|cause:)\\s*(.*?)(?:\\n\\s*\\n|\\nhint:|\\z)");

    /** The project's fault as what it is; else throws what keeps the build from being tried. */
    RequirementFailure explained() {
        String text = String.join("\n", ended.lines());
        if (LOGIN_REFUSED.matcher(text).find() && ADDRESS.matcher(text).find()) {
            throw new ImageBuildException(
                    ("The package index %s refused its login. Give %s the credentials: in its settings, a .netrc file, or the"
                                    + " index's address in %s.")
                            .formatted(address(text), ended.tool(), indexVariable()));
        }
        Optional<RequirementFailure> hash = hash(text);
        if (hash.isPresent()) {
            return hash.get();
        }
        if (UNREACHABLE.matcher(text).find()) {
            throw new ImageBuildException(
                    ("The package index %s cannot be reached by %s. Check the network, its proxy and certificates, or name another"
                                    + " index in %s. Once the packages of %s were fetched, builds need no network.")
                            .formatted(address(text), ended.tool(), indexVariable(), wanted.name()));
        }
        return requirement(text);
    }

    private String indexVariable() {
        return ended.tool().equals("uv") ? "UV_DEFAULT_INDEX" : "PIP_INDEX_URL";
    }

    private static String address(String text) {
        Matcher address = ADDRESS.matcher(text);
        return address.find() ? address.group().replaceFirst("[.,;:]+$", "") : "";
    }

    private Optional<RequirementFailure> hash(String text) {
        Matcher mismatch = HASH.matcher(text);
        if (mismatch.find()) {
            String named = mismatch.group(1) == null ? mismatch.group(2) : mismatch.group(1);
            return Optional.of(
                    failure(
                            named,
                            "The hash of %s does not match the one in %s.".formatted(named, wanted.name()),
                            "If the package was updated on purpose, write its new hash (uv pip compile --generate-hashes, or"
                                    + " pip-compile --generate-hashes). If not, somebody may have changed it: do not install it."));
        }
        Matcher unhashed = UNHASHED.matcher(text);
        if (unhashed.find()) {
            String named = Optional.ofNullable(unhashed.group(1)).orElse(String.valueOf(unhashed.group(2)));
            return Optional.of(
                    failure(
                            named,
                            "%s has no hash or no pinned version, while others in %s have."
                                    .formatted(named, wanted.name()),
                            "Write hashes for all of them: uv pip compile --generate-hashes, or pip-compile --generate-hashes."));
        }
        return Optional.empty();
    }

    private RequirementFailure requirement(String text) {
        Matcher invalid = INVALID.matcher(text);
        if (invalid.find()) {
            String named = invalid.group(1) == null ? offending(text) : invalid.group(1);
            return failure(
                    named,
                    "\"%s\" in %s is not a requirement.".formatted(named, wanted.name()),
                    "Write it as name, or name with a version: flask==3.1.3, flask>=3,<4.");
        }
        if (STALE_LOCK.matcher(text).find()) {
            return failure(
                    "",
                    "%s is older than its pyproject.toml.".formatted(wanted.name()),
                    "Bring it up to date: poetry lock, or uv lock.");
        }
        Matcher none = PIP_NONE.matcher(text);
        Matcher noWheel = UV_NO_WHEEL.matcher(text);
        if (none.find()) {
            return unavailable(none.group(1), none.group(2));
        }
        if (noWheel.find()) {
            return unavailable(noWheel.group(1) + noWheel.group(2), "");
        }
        Matcher absent = UV_ABSENT.matcher(text);
        if (absent.find()) {
            return failure(
                    absent.group(1),
                    "The index has no package %s.".formatted(absent.group(1)),
                    "Correct the name, or name the index that has it: --extra-index-url in %s, or %s."
                            .formatted(wanted.name(), indexVariable()));
        }
        Matcher version = UV_NO_VERSION.matcher(text);
        if (version.find()) {
            return unavailable(version.group(1), "");
        }
        Matcher conflict = CONFLICT.matcher(text);
        Matcher cause = UV_CAUSE.matcher(text);
        if (conflict.find()) {
            return failure(
                    firstName(conflict.group(1)),
                    "Requirements contradict each other: " + flat(conflict.group(1)) + ".",
                    "Loosen one of the versions in %s.".formatted(wanted.name()));
        }
        if (cause.find()) {
            String told = flat(cause.group(1)).replaceFirst("\\.$", "");
            return failure(
                    firstName(told),
                    "%s could not resolve %s: %s.".formatted(ended.tool(), wanted.name(), told),
                    "Correct the versions in %s.".formatted(wanted.name()));
        }
        return failure(
                "",
                "%s could not install %s (exit code %d)%s"
                        .formatted(ended.tool(), wanted.name(), ended.status(), lastLine()),
                "Its output tells more: see the build log.");
    }

    private RequirementFailure unavailable(String requirement, String versions) {
        boolean others = !versions.isBlank() && !versions.strip().equals("none");
        return failure(
                requirement,
                others
                        ? "No version of %s that is asked for has a wheel for %s."
                                .formatted(requirement, python.shown())
                        : "There is no wheel of %s for %s.".formatted(requirement, python.shown()),
                (others ? "Versions with one: " + last(versions) + ". " : "")
                        + "Check name and version; if it is only published as source, use a version or a sister package that has"
                        + " wheels, build one and name it in %s, or build with a Dockerfile, where compilers can run."
                                .formatted(wanted.name()));
    }

    private static String last(String versions) {
        List<String> all = List.of(versions.split(",\\s*", -1));
        return String.join(", ", all.subList(Math.max(0, all.size() - 5), all.size()));
    }

    private String offending(String text) {
        Matcher quoted = Pattern.compile("(?m)^\\s+(\\S.*)\\n\\s*\\^").matcher(text);
        return quoted.find() ? quoted.group(1).strip() : wanted.name();
    }

    private static String firstName(String text) {
        Matcher name = Pattern.compile("(?:you require|requested|[Bb]ecause) ([A-Za-z0-9._-]+)")
                .matcher(text);
        return name.find() ? name.group(1) : "";
    }

    private static String flat(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", "; ").replaceAll("\\s+", " ");
    }

    private String lastLine() {
        return ended.lines().isEmpty()
                ? "."
                : ": " + ended.lines().get(ended.lines().size() - 1).strip();
    }

    private RequirementFailure failure(String named, String reason, String fix) {
        List<String> lines = ended.lines();
        return new RequirementFailure(
                wanted.placeOf(named.replaceFirst("[^A-Za-z0-9._-].*$", "")),
                reason,
                fix,
                lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }
}
