package io.bootgate.rule.lint;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import io.bootgate.source.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A project as a test writes it down. */
final class WrittenProject implements ProjectFiles {
    private final Map<String, byte[]> contents = new TreeMap<>();
    private final Map<String, ProjectFile> files = new TreeMap<>();
    private LintRequest request = LintRequest.DEFAULT;

    static WrittenProject withDockerfile(String... lines) {
        return new WrittenProject().with("Dockerfile", String.join("\n", lines) + "\n");
    }

    WrittenProject with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8), 0644);
    }

    WrittenProject withProgram(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8), 0755);
    }

    WrittenProject with(String path, byte[] bytes, int mode) {
        contents.put(path, bytes);
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            files.put(folder, new ProjectFile(folder, Kind.FOLDER, 0, 0755));
        }
        files.put(path, new ProjectFile(path, Kind.FILE, bytes.length, mode));
        return this;
    }

    WrittenProject asked(LintRequest other) {
        request = other;
        return this;
    }

    /** Takes over what the goal's configuration says, of the parameters that rules ask for. */
    WrittenProject configured(String xml) {
        LintRequest.Run run = request.run();
        Matcher port = Pattern.compile("<port>(\\d+)</port>").matcher(xml);
        Matcher memory = Pattern.compile("<memory>(\\d+)m</memory>").matcher(xml);
        Map<String, String> env = new TreeMap<>(run.env());
        Matcher variables = Pattern.compile("(?s)<env>(.*?)</env>").matcher(xml);
        if (variables.find()) {
            Matcher variable = Pattern.compile("<(\\w+)>([^<]*)</\\1>").matcher(variables.group(1));
            while (variable.find()) {
                env.put(variable.group(1), variable.group(2));
            }
        }
        request = request.with(new LintRequest.Run(
                env,
                run.requiredEnv(),
                run.entrypoint(),
                run.command(),
                run.user(),
                run.workdir(),
                port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : run.port(),
                xml.contains("<readOnly>true</readOnly>"),
                run.tmpfs(),
                run.sysctls(),
                run.milliCpus(),
                memory.find() ? OptionalLong.of(Long.parseLong(memory.group(1)) << 20) : run.memoryBytes(),
                run.server()));
        return this;
    }

    @Override
    public List<ProjectFile> list() {
        return new ArrayList<>(files.values());
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(contents.get(path));
    }

    LintProject project() {
        return new LintProject(this, request);
    }

    /** What this rule finds: {@code ERROR Dockerfile:3}, {@code WARNING start.sh}. */
    List<String> found(LintRule rule) {
        return findings(rule).stream().map(WrittenProject::inShort).toList();
    }

    List<LintFinding> findings(LintRule rule) {
        return Lint.ofAllRules().check(project(), List.of(rule));
    }

    static String inShort(LintFinding finding) {
        return finding.severity() + " "
                + finding.location()
                        .map(place -> place.path().orElse("")
                                + (place.line().isPresent() ? ":" + place.line().getAsInt() : ""))
                        .orElse("configuration");
    }
}
