package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.image.BaseImage.Family;
import io.bootgate.source.image.ImageStage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** USER names somebody whom nothing creates. */
final class UserUnknown implements LintRule {
    @Override
    public String id() {
        return "USER_UNKNOWN";
    }

    @Override
    public String title() {
        return "The image has no user of that name";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.USER_NOT_FOUND);
    }

    private static final Set<String> OF_THE_SYSTEM = Set.of(
            "root",
            "nobody",
            "www-data",
            "daemon",
            "bin",
            "sys",
            "sync",
            "games",
            "man",
            "lp",
            "mail",
            "news",
            "uucp",
            "proxy",
            "backup",
            "list",
            "irc",
            "_apt",
            "operator",
            "guest",
            "ftp",
            "adm",
            "halt",
            "shutdown",
            "sshd",
            "ntp",
            "squid",
            "svn",
            "cron",
            "at",
            "xfs",
            "postmaster",
            "cyrus",
            "vpopmail",
            "smmsp",
            "node",
            "ubuntu");

    @Override
    public List<LintFinding> check(LintProject project) {
        return ProjectImage.of(project)
                .flatMap(ProjectImage::stage)
                .filter(stage -> stage.base().plain())
                .filter(stage -> project.request().run().user().isEmpty())
                .flatMap(stage -> check(project, stage))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<LintFinding> check(LintProject project, ImageStage stage) {
        String name = stage.user().orElse("").split(":", -1)[0];
        boolean created = stage.commands().stream()
                .anyMatch(command -> command.words().contains(name)
                        || command.instruction().arguments().contains(name)
                        || command.instruction().heredocs().stream()
                                .anyMatch(text -> text.text().contains(name)));
        boolean open =
                stage.wasOpened("/etc/passwd") || stage.file("/etc/passwd").isPresent();
        if (name.isEmpty() || !name.matches("[a-z_][a-z0-9_-]*") || OF_THE_SYSTEM.contains(name) || created || open) {
            return Optional.empty();
        }
        // A base image of somebody's own may have made it.
        boolean sure = stage.base().family() != Family.UNKNOWN;
        String detail = "Nothing creates the user %s.".formatted(name);
        String fix = "RUN useradd %s before the USER (on Alpine: adduser -D %s).".formatted(name, name);
        return stage.userInstruction()
                .flatMap(at -> project.dockerfile().map(source -> Texts.at(source, at, name)))
                .map(place -> (sure ? error(place, detail, fix) : warning(place, detail, fix)).about(name));
    }
}
