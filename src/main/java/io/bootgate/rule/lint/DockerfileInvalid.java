package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** An instruction that there is not, a stage that nothing defines, or no FROM at all. */
final class DockerfileInvalid implements LintRule {
    @Override
    public String id() {
        return "DOCKERFILE_INVALID";
    }

    @Override
    public String title() {
        return "The Dockerfile has a mistake that no builder accepts";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BUILD_FAILED);
    }

    private static final Set<String> KNOWN = Set.of(
            "FROM",
            "ARG",
            "ENV",
            "WORKDIR",
            "COPY",
            "ADD",
            "RUN",
            "CMD",
            "ENTRYPOINT",
            "EXPOSE",
            "USER",
            "HEALTHCHECK",
            "SHELL",
            "ONBUILD",
            "LABEL",
            "MAINTAINER",
            "STOPSIGNAL",
            "VOLUME");

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<String> path = project.request().build().dockerfile();
        if (path.isPresent() && project.dockerfile().isEmpty()) {
            return project.bytes(path.get())
                    .map(bytes -> List.of(error(
                            Location.ofFile(path.get()),
                            "%s is no text.".formatted(path.get()),
                            "Name the Dockerfile with <docker><dockerfile>.")))
                    .orElse(List.of());
        }
        return project.dockerfile().map(this::check).orElse(List.of());
    }

    private List<LintFinding> check(DockerfileSource source) {
        List<LintFinding> findings = new ArrayList<>();
        // A template is not built as it stands.
        String syntax = source.dockerfile().directives().getOrDefault("syntax", "docker/dockerfile");
        if (source.text().text().matches("(?s).*\\{[{%].*[}%]}.*") || !syntax.contains("docker/dockerfile")) {
            return findings;
        }
        boolean from = false;
        for (Instruction instruction : source.dockerfile().instructions()) {
            String name = instruction.name().toUpperCase(Locale.ROOT);
            if (!KNOWN.contains(name)) {
                findings.add(invalid(
                        source, instruction, "%s is no instruction.".formatted(instruction.name()), nearest(name)));
            } else if (!from && !instruction.is(Keyword.FROM) && !instruction.is(Keyword.ARG)) {
                findings.add(invalid(
                        source, instruction, "%s stands before the first FROM.".formatted(name), "Begin with FROM."));
            } else if (instruction.arguments().isBlank() && !instruction.is(Keyword.CMD)) {
                findings.add(
                        invalid(source, instruction, "%s has no arguments.".formatted(name), "Complete or remove it."));
            }
            from |= instruction.is(Keyword.FROM);
        }
        if (!from && findings.isEmpty()) {
            findings.add(error(
                    Location.of(source.path(), 1),
                    "There is no FROM in it.",
                    "Begin with FROM python:3.12-slim, for instance."));
        }
        return findings.stream().limit(3).toList();
    }

    private LintFinding invalid(DockerfileSource source, Instruction instruction, String detail, String fix) {
        return error(Location.of(source.path(), instruction.line()), detail, fix);
    }

    private static String nearest(String name) {
        return KNOWN.stream()
                .filter(known -> Spelling.distance(known, name) <= 2)
                .min(java.util.Comparator.comparingInt((String known) -> Spelling.distance(known, name))
                        .thenComparing(known -> known))
                .map(known -> "Write %s.".formatted(known))
                .orElse("A line that continues the one above needs a \\ at the end of that.");
    }
}
