package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A write hit the read-only root file system: the path needs a tmpfs or a volume. */
final class ReadOnlyFilesystem implements CauseRule {
    private static final Pattern SAID = Pattern.compile("Read-only file system(?:: ['\"]?([^'\"\\s]+))?");
    private static final Pattern NO_TEMPORARY = Pattern.compile("No usable temporary directory found");
    private static final Pattern PROGRAM_PATH = Pattern.compile("['\"‘]?(/[\\w./-]+)['\"’]?: Read-only file system");

    @Override
    public CauseId id() {
        return CauseId.READ_ONLY_FILESYSTEM;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        for (Raised raised : symptoms.raised()) {
            Matcher said = SAID.matcher(raised.message());
            if (said.find()) {
                String path = said.group(1) == null ? "/tmp" : said.group(1);
                return Optional.of(finding(raised.exception().summary(), path, raised.evidence(), raised.place()));
            }
            boolean readOnly = symptoms.boot().readOnly();
            if ((readOnly || isUnknown(symptoms))
                    && NO_TEMPORARY.matcher(raised.message()).find()) {
                return Optional.of(finding(raised.exception().summary(), "/tmp", raised.evidence(), raised.place()));
            }
            if (readOnly
                    && raised.message()
                            .matches("(?s).*(?:attempt to write a readonly database|unable to open database file).*")) {
                return Optional.of(
                        finding(raised.exception().summary(), "/the/folder/of/it", raised.evidence(), raised.place()));
            }
        }
        return symptoms.hasEnded() && symptoms.failures().isEmpty()
                ? symptoms.last(SAID).map(match -> {
                    Matcher path = PROGRAM_PATH.matcher(match.line().text());
                    return finding(
                            match.line().text().strip(),
                            path.find() ? path.group(1) : "/tmp",
                            List.of(match.line().evidence()),
                            Optional.empty());
                })
                : Optional.empty();
    }

    private static boolean isUnknown(Symptoms symptoms) {
        return symptoms.boot().image().isEmpty();
    }

    private Finding finding(String said, String path, List<Evidence> evidence, Optional<Location> place) {
        boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
        String folder = file && path.lastIndexOf('/') > 0 ? path.substring(0, path.lastIndexOf('/')) : path;
        return certain(
                "The root file system is read-only, and something is written to it: %s.".formatted(said),
                evidence,
                place,
                "Mount a tmpfs there, here with <tmpfs><path>%s</path></tmpfs> and likewise in the deployment, or write to a volume."
                        .formatted(folder));
    }
}
