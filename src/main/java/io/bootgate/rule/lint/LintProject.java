package io.bootgate.rule.lint;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFiles;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.dockerfile.GlobPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rules look at: each thing is read when the first rule asks for it, and once. For one thread. */
public final class LintProject {
    private final ProjectFiles files;
    private final LintRequest request;
    private final Map<String, ProjectFile> byPath = new LinkedHashMap<>();
    private final Map<String, Optional<SourceText>> texts = new HashMap<>();
    private final Map<Class<?>, Object> readings = new HashMap<>();
    private @Nullable String reading;

    public LintProject(ProjectFiles files, LintRequest request) {
        this.files = files;
        this.request = request;
        files.list().forEach(file -> byPath.put(file.path(), file));
    }

    public LintRequest request() {
        return request;
    }

    /** All files and links of the project, in the order of their paths. */
    public List<ProjectFile> files() {
        return new ArrayList<>(byPath.values());
    }

    public Optional<ProjectFile> file(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public Optional<byte[]> bytes(String path) {
        reading = path;
        return files.read(path);
    }

    /** The file as text; empty if there is none or it is no text. */
    public Optional<SourceText> text(String path) {
        reading = path;
        return texts.computeIfAbsent(path, key -> files.read(key).flatMap(bytes -> SourceText.of(key, bytes)));
    }

    /** The Dockerfile that the image is built from. */
    public Optional<DockerfileSource> dockerfile() {
        return read(DockerfileSlot.class, LintProject::readDockerfile).source();
    }

    private static DockerfileSlot readDockerfile(LintProject project) {
        return new DockerfileSlot(project.request
                .build()
                .dockerfile()
                .map(GlobPath::clean)
                .flatMap(project::text)
                .map(text -> new DockerfileSource(text, Dockerfile.parse(text.text()))));
    }

    /**
     * Something that is worked out of the project once and then shared by the rules, known by its type.
     *
     * @param reader makes it; may ask for other readings
     */
    public <T> T read(Class<T> type, Function<LintProject, T> reader) {
        Object known = readings.get(type);
        if (known == null) {
            known = reader.apply(this);
            readings.put(type, known);
        }
        return type.cast(known);
    }

    /** The file that was asked for last: where a rule that breaks was at work. */
    Optional<String> reading() {
        return Optional.ofNullable(reading);
    }

    /** A Dockerfile with its text. */
    public record DockerfileSource(SourceText text, Dockerfile dockerfile) {
        public String path() {
            return text.path();
        }
    }

    private record DockerfileSlot(Optional<DockerfileSource> source) {}
}
