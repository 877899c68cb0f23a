package io.bootgate.rule.lint;

import io.bootgate.rule.Location;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintProject.DockerfileSource;
import io.bootgate.source.dockerfile.Instruction;
import io.bootgate.source.dockerfile.Instruction.Keyword;
import io.bootgate.source.image.ImageStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever can pull the image can read it. The value is never shown. */
final class SecretInImage implements LintRule {
    @Override
    public String id() {
        return "SECRET_IN_IMAGE";
    }

    @Override
    public String title() {
        return "A secret is baked into the image";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of();
    }

    private static final Pattern SECRET = Pattern.compile(
            "(?i)\\w*(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY|CREDENTIALS?)\\w*");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)\\s*[\"']?(?:|\\$.*|change.?me.*|dummy.*|placeholder.*|build.*|none|null|false|true|0|1|x+|todo|unset|test|/\\S*|not-?used|ignored?|fake.*|temp.*|collectstatic)[\"']?\\s*");
    private static final Pattern SETTING = Pattern.compile("(\\w+)=(\"[^\"]*\"|'[^']*'|\\S*)");
    private static final Pattern NOT_SECRET = Pattern.compile(
            "(?i).*(?:_FILE|_PATH|_URL|_NAME|_EXPIR\\w*|_TTL|_ALGORITHM|_LENGTH|_HEADER|_TYPE|_MINUTES|_SECONDS|_DAYS|_LIFETIME|_ENABLED)");

    @Override
    public List<LintFinding> check(LintProject project) {
        return ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .flatMap(stage -> project.dockerfile().map(source -> check(source, stage)))
                .orElse(List.of());
    }

    private List<LintFinding> check(DockerfileSource source, ImageStage stage) {
        List<LintFinding> findings = new ArrayList<>();
        source.dockerfile().stages().stream()
                .filter(part -> part.index() == stage.index())
                .flatMap(part -> part.instructions().stream())
                .filter(instruction -> instruction.is(Keyword.ENV) || instruction.is(Keyword.ARG))
                .forEach(instruction -> settings(source, instruction, findings));
        stage.files().stream()
                .filter(file -> file.origin().isPresent() && isSecretFile(file.name()))
                .map(file -> warning(
                        Location.of(source.path(), file.line()),
                        "%s is copied into the image.".formatted(file.origin().orElse("")),
                        "Put %s into .dockerignore, and give its values to the container.".formatted(file.name())))
                .forEach(findings::add);
        return findings;
    }

    private static boolean isSecretFile(String name) {
        return name.matches(
                "\\.env(?:\\.(?:local|prod|production))?|id_rsa|id_ed25519|\\.pgpass|\\.netrc|credentials\\.json|service-account\\.json");
    }

    private void settings(DockerfileSource source, Instruction instruction, List<LintFinding> findings) {
        Matcher setting = SETTING.matcher(instruction.arguments());
        boolean any = false;
        while (setting.find()) {
            any = true;
            setting(source, instruction, setting.group(1), setting.group(2), findings);
        }
        List<String> words = instruction.words();
        if (!any && words.size() > 1) {
            setting(source, instruction, words.get(0), String.join(" ", words.subList(1, words.size())), findings);
        }
    }

    private void setting(
            DockerfileSource source, Instruction instruction, String name, String value, List<LintFinding> findings) {
        if (!SECRET.matcher(name).matches()
                || NOT_SECRET.matcher(name).matches()
                || HARMLESS.matcher(value).matches()) {
            return;
        }
        Location place = Texts.at(source, instruction, name).withText(Optional.of(""));
        findings.add(warning(
                place,
                "%s has its value in the Dockerfile, and so in every copy of the image.".formatted(name),
                instruction.is(Keyword.ARG)
                        ? "Hand it in while building: RUN --mount=type=secret."
                        : "Give it to the container instead: <env>, or the platform's secrets."));
    }
}
