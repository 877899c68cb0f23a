package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.FilesHidden;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the image has at the path of a mount is not seen any more; and what is missed is just that. */
final class VolumeHidesApp implements CauseRule {
    /** What Python, and the servers, say of a module that is not there. */
    private static final Pattern MODULE = Pattern.compile(
            "No module named '?([\\w.]+)'?|[Cc]ould not import (?:module )?[\"']?([\\w.]+)|[Ff]ailed to find (?:application|attribute|module)[^'\"]*['\"]([\\w.]+)");

    private static final Pattern FILE = Pattern.compile("['\"`]([^'\"`\\s]+)['\"`]|(?<![\\w.])(/[\\w./-]+)");
    private static final Pattern IS_MISSED = Pattern.compile(
            "[Nn]o such file|not found|doesn't exist|does not exist|can't open|cannot open|No module named|[Cc]ould not import|FileNotFoundError|[Ff]ailed to find");

    @Override
    public CauseId id() {
        return CauseId.VOLUME_HIDES_APP;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.timeline()
                .all(FilesHidden.class)
                .flatMap(hidden ->
                        missed(symptoms, hidden).map(evidence -> finding(symptoms, hidden, evidence)).stream())
                .findFirst();
    }

    private Finding finding(Symptoms symptoms, FilesHidden hidden, Evidence missed) {
        String some = hidden.files().stream().limit(4).collect(Collectors.joining(", "))
                + (hidden.files().size() > 4 ? ", ..." : "");
        String inWorkdir = symptoms.boot().workdir().equals(hidden.path()) ? ", the working directory," : "";
        return certain(
                "The volume (%s) that is mounted at %s%s hides what the image has there: %s."
                        .formatted(hidden.kind(), hidden.path(), inWorkdir, some),
                List.of(
                        missed,
                        new Evidence(
                                "image", 0, hidden.at(), "%s of the image holds %s".formatted(hidden.path(), some))),
                Optional.empty(),
                "Mount the volume at a folder of its own, for instance %s/data, and let the service write there."
                        .formatted(
                                hidden.path().equals("/") ? "" : hidden.path().replaceFirst("/$", "")));
    }

    /** The word of somebody who misses one of the files. */
    private static Optional<Evidence> missed(Symptoms symptoms, FilesHidden hidden) {
        Optional<Evidence> script = symptoms.timeline()
                .all(ScriptSeen.class)
                .filter(seen -> !seen.exists() && isHidden(seen.path(), symptoms, hidden))
                .filter(seen -> CommandLine.of(symptoms.boot()).words().stream()
                        .anyMatch(word ->
                                CommandLine.of(symptoms.boot()).path(word).equals(seen.path())))
                .findFirst()
                .map(seen -> new Evidence("image", 0, seen.at(), seen.path() + " is not there"));
        Optional<Evidence> refused = symptoms.timeline()
                .first(StartRefused.class)
                .filter(refusal -> namesHidden(refusal.message(), symptoms, hidden))
                .map(refusal -> Sightings.engine(refusal.at(), refusal.message()));
        Optional<Evidence> said = symptoms.lines().stream()
                .filter(line -> IS_MISSED.matcher(line.text()).find())
                .filter(line -> namesHidden(line.text(), symptoms, hidden) || isModule(line.text(), hidden))
                .findFirst()
                .map(Line::evidence);
        return said.or(() -> refused).or(() -> script);
    }

    private static boolean isModule(String text, FilesHidden hidden) {
        Matcher module = MODULE.matcher(text);
        while (module.find()) {
            for (int i = 1; i <= module.groupCount(); i++) {
                if (module.group(i) != null && hides(module.group(i).replaceFirst("\\..*", ""), hidden)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hides(String module, FilesHidden hidden) {
        return hidden.files().stream()
                .anyMatch(file -> file.equals(module + ".py")
                        || file.equals(module)
                        || file.startsWith(module + "/")
                        || file.endsWith("/" + module + ".py")
                        || file.endsWith("/" + module + "/__init__.py"));
    }

    private static boolean namesHidden(String text, Symptoms symptoms, FilesHidden hidden) {
        List<String> names = new ArrayList<>();
        Matcher file = FILE.matcher(text);
        while (file.find()) {
            names.add(file.group(1) != null ? file.group(1) : file.group(2));
        }
        return names.stream().anyMatch(name -> isHidden(name, symptoms, hidden));
    }

    private static boolean isHidden(String name, Symptoms symptoms, FilesHidden hidden) {
        String workdir = symptoms.boot().workdir();
        String path = name.startsWith("/")
                ? name
                : (workdir.endsWith("/") ? workdir : workdir + "/") + name.replaceFirst("^\\./", "");
        String folder = hidden.path().endsWith("/") ? hidden.path() : hidden.path() + "/";
        if (!path.startsWith(folder)) {
            return false;
        }
        String below = path.substring(folder.length()).replaceFirst("[/.:]+$", "");
        return !below.isEmpty()
                && hidden.files().stream().anyMatch(file -> file.equals(below) || file.startsWith(below + "/"));
    }
}
