package io.bootgate.gate;

import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.CauseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A distribution that the image lacks, and that the project's requirements name all the same: it need not be added, it was not
 * installed.
 */
record RequirementLines(Path baseDirectory) {
    private static final Pattern ADD =
            Pattern.compile("^Add (?<name>[A-Za-z0-9][\\w.-]*)(?:\\[[^]]*\\])? to (?<file>requirements\\.txt)");
    private static final Pattern NAME = Pattern.compile("^\\s*([A-Za-z0-9][\\w.-]*)");
    private static final List<String> FILES =
            List.of("requirements.txt", "requirements/base.txt", "requirements/prod.txt");
    private static final long LONGEST = 1 << 20;

    Finding look(Finding finding) {
        Matcher add = ADD.matcher(finding.fix());
        if (!finding.id().equals(CauseId.MISSING_MODULE.name()) || !add.find()) {
            return finding;
        }
        String name = add.group("name");
        return FILES.stream()
                .flatMap(file -> line(file, name).stream())
                .findFirst()
                .map(where -> finding.saying(
                        finding.detail(),
                        "%s names %s, and the image does not have it: see that the image installs this file, after COPY brought its newest version, and for the Python that starts the server."
                                .formatted(where, name)))
                .orElse(finding);
    }

    /** {@code requirements.txt line 3} */
    private Optional<String> line(String file, String name) {
        Path path = baseDirectory.resolve(file);
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > LONGEST) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                Matcher listed = NAME.matcher(lines.get(i));
                if (listed.find() && plain(listed.group(1)).equals(plain(name))) {
                    return Optional.of(file + " line " + (i + 1));
                }
            }
        } catch (IOException e) {
            return Optional.empty(); // not text: it names nothing
        }
        return Optional.empty();
    }

    /** As PEP 503 compares names. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    }
}
