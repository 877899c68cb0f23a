package io.bootgate.image.docker;

import static io.bootgate.image.docker.RunRule.oneLine;
import static io.bootgate.image.docker.RunRule.rule;

import java.util.List;

/** Why apt, apk, npm and other tools of a RUN fail, in their own words. */
final class SystemReasons {
    private static final String NO_NETWORK =
            "Temporary failure resolving '([^']+)'|Could not resolve '([^']+)'|Could not connect to (\\S+)|Unable to connect to (\\S+?):?\\s";

    static final List<RunRule> ALL = List.of(
            rule(
                    "E: Could not open lock file [^\\n]*Permission denied|are you root\\?",
                    m -> "apt may only be run by root; put this RUN before the USER, or USER root before it"),
            rule(
                    "(?s)(?:" + NO_NETWORK + ").*E: (?:Unable to locate package|Package ')\\s*([^\\s']+)",
                    m -> "apt could not reach " + host(m) + " for its lists, and so knows no package " + m.group(5)),
            rule(NO_NETWORK, m -> "the package server " + host(m) + " could not be reached"),
            rule(
                    "E: Unable to locate package (\\S+)",
                    m -> "apt knows no package " + m.group(1)
                            + "; run apt-get update in the same RUN, and check its name"),
            rule(
                    "E: Package '([^']+)' has no installation candidate",
                    m -> "apt has no package " + m.group(1) + " to install"),
            rule(
                    "(?s)The following packages have unmet dependencies:\\s*\\n\\s*(\\S+) : (Depends|PreDepends|Conflicts|Breaks):"
                            + " ([^\\n]*)",
                    m -> "apt cannot install " + m.group(1) + ": it "
                            + (m.group(2).endsWith("epends") ? "needs " : "cannot be with ") + oneLine(m.group(3))),
            rule(
                    "E: Unable to correct problems, you have held broken packages",
                    m -> "apt finds packages that do not fit together"),
            rule(
                    "E: Failed to fetch (\\S+)\\s+404[^\\n]*",
                    m -> "apt's lists are out of date: " + m.group(1)
                            + " is not on the server any more (404); run apt-get update in the same RUN"),
            rule(
                    "Hash Sum mismatch",
                    m -> "apt got a file that does not fit to its lists (Hash Sum mismatch); build again"),
            rule(
                    "The repository '([^']+)' (?:does not have|no longer has) a Release file",
                    m -> "apt finds no packages at " + m.group(1)
                            + ": the distribution of the base image may be out of support"),
            rule(
                    "(?:NO_PUBKEY (\\w+)|The following signatures couldn't be verified)",
                    m -> "apt does not know the key of a repository"
                            + (m.group(1) == null ? "" : " (" + m.group(1) + ")")),
            rule(
                    "Certificate verification failed: ([^\\n]*?)\\.? *(?:\\[|\\n|$)",
                    m -> "the certificate of a package server is not trusted: " + m.group(1)),
            rule(
                    "Do you want to continue\\? \\[Y/n] Abort",
                    m -> "apt-get asks whether to go on, and nobody answers; add -y"),
            rule(
                    "E: Failed to fetch (\\S+)\\s+(.*)",
                    m -> "apt could not fetch " + m.group(1) + ": " + m.group(2).trim()),
            rule(
                    "(?s)unable to select packages:\\s+(\\S+) \\(no such package\\)",
                    m -> "apk knows no package " + m.group(1)),
            rule(
                    "(?s)unable to select packages:\\s+(\\S[^\\n]*)\\n\\s*breaks: ([^\\n]+)",
                    m -> "apk cannot install " + m.group(2).trim() + ": it has " + oneLine(m.group(1))),
            rule(
                    "WARNING: (?:fetching|Ignoring) (\\S+?):? [^\\n]*(temporary error|DNS|network error)[^\\n]*",
                    m -> "apk could not reach " + m.group(1)),
            rule("(?:No match for argument|Unable to find a match): (\\S+)", m -> "dnf knows no package " + m.group(1)),
            rule(
                    "npm (?:ERR!|error) code (\\w+)[\\s\\S]*?npm (?:ERR!|error) (?!code|errno|syscall)([^\\n]+)",
                    m -> "npm failed with " + m.group(1) + ": " + m.group(2).trim()),
            rule("useradd: (.*)|groupadd: (.*)", m -> m.group().trim()),
            rule(
                    "chown: (invalid (?:user|group): .*)",
                    m -> "chown: " + m.group(1).trim()),
            rule("curl: \\((\\d+)\\) (.*)", m -> "curl failed: " + m.group(2).trim()),
            rule(
                    "wget: (unable to resolve.*|bad address.*|server returned error.*)",
                    m -> "wget failed: " + m.group(1)),
            rule(
                    "fatal: unable to access '([^']+)': ([^\\n]*)",
                    m -> "git could not reach " + m.group(1) + ": " + m.group(2).trim()),
            rule(
                    "Cannot find (?:a )?(?:valid )?baseurl for repo: (\\S+)",
                    m -> "the package repository " + m.group(1) + " could not be reached"),
            rule("[Rr]ead-only file system", m -> "a file cannot be written: the file system is read-only here"),
            rule(
                    "CERTIFICATE_VERIFY_FAILED[^\\n]*",
                    m -> "a server's certificate is not trusted in the image: "
                            + m.group().trim()),
            rule(
                    "(?:" + PythonReasons.UNREACHABLE + ")[^\\n]{0,120}",
                    m -> "the network could not be used: " + m.group().trim()));

    private SystemReasons() {}

    private static String host(java.util.regex.Matcher m) {
        for (int i = 1; i <= 4; i++) {
            if (m.group(i) != null) {
                return m.group(i);
            }
        }
        return "its server";
    }
}
