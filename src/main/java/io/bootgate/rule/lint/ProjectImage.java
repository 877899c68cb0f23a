package io.bootgate.rule.lint;

import io.bootgate.source.ProjectFile;
import io.bootgate.source.SourceText;
import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.dockerfile.IgnorePatterns;
import io.bootgate.source.image.BaseImage;
import io.bootgate.source.image.FutureImage;
import io.bootgate.source.image.ImageStage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The image that the project's Dockerfile will make.
 *
 * @param needed numbers of the stages that the image is made from
 * @param context path of the build context from the project's folder, an empty string for itself
 * @param ignoreFile the ignore file that is in force
 */
record ProjectImage(
        FutureImage future,
        Set<Integer> needed,
        String context,
        Optional<SourceText> ignoreFile,
        IgnorePatterns ignored) {
    private static final Set<String> MADE_BY_BUILDS = Set.of(
            "target",
            "build",
            "dist",
            "out",
            "node_modules",
            ".git",
            "public",
            "static",
            "generated",
            "wheels",
            "vendor");

    /** Empty if there is no Dockerfile. */
    static Optional<ProjectImage> of(LintProject project) {
        return project.read(Slot.class, Slot::read).image();
    }

    private record Slot(Optional<ProjectImage> image) {
        static Slot read(LintProject project) {
            return new Slot(project.dockerfile().map(source -> {
                String context = project.request().build().context();
                Optional<SourceText> ignoreFile = project.text(source.path() + ".dockerignore")
                        .or(() -> project.text(under(context, ".dockerignore")));
                IgnorePatterns ignored =
                        ignoreFile.map(text -> parsed(text.text())).orElse(IgnorePatterns.NONE);
                LintRequest.Build build = project.request().build();
                FutureImage future = FutureImage.of(
                        source.dockerfile(),
                        sent(project.files(), context, ignored),
                        build.args(),
                        build.target(),
                        BaseImage::named);
                return new ProjectImage(future, needed(future), context, ignoreFile, ignored);
            }));
        }

        private static IgnorePatterns parsed(String text) {
            try {
                return IgnorePatterns.parse(text);
            } catch (IllegalArgumentException e) {
                // The build will say so; nothing is left out until then.
                return IgnorePatterns.NONE;
            }
        }
    }

    private static Set<Integer> needed(FutureImage future) {
        Set<Integer> needed = new HashSet<>();
        List<ImageStage> stages = future.stages();
        for (int i = stages.size() - 1; i >= 0; i--) {
            ImageStage stage = stages.get(i);
            if (i == stages.size() - 1 || needed.contains(i)) {
                needed.add(i);
                stage.copies().forEach(copy -> copy.fromStage().ifPresent(needed::add));
                stage.parent().ifPresent(needed::add);
            }
        }
        return Set.copyOf(needed);
    }

    private static List<ProjectFile> sent(List<ProjectFile> files, String context, IgnorePatterns ignored) {
        String prefix = context.isEmpty() ? "" : context + "/";
        List<ProjectFile> sent = new ArrayList<>();
        for (ProjectFile file : files) {
            boolean inside = prefix.isEmpty()
                    ? !file.path().startsWith("../")
                    : file.path().startsWith(prefix);
            if (inside) {
                String path = file.path().substring(prefix.length());
                if (ignored.exclusion(path).isEmpty()) {
                    sent.add(new ProjectFile(path, file.kind(), file.size(), file.mode()));
                }
            }
        }
        return sent;
    }

    /** The stage that becomes the image. */
    Optional<ImageStage> stage() {
        return future.image();
    }

    /** The rule of the ignore file that keeps the project's file out of the build. */
    Optional<IgnorePatterns.Rule> exclusion(String inProject) {
        String prefix = context.isEmpty() ? "" : context + "/";
        return inProject.startsWith(prefix) && ignoreFile.isPresent()
                ? ignored.exclusion(inProject.substring(prefix.length()))
                : Optional.empty();
    }

    /** Whether the image is made from this stage; the engine leaves others out. */
    boolean isNeeded(ImageStage stage) {
        return needed.contains(stage.index());
    }

    /** Whether the context has it, left out or not. */
    boolean isListed(LintProject project, String name) {
        return project.file(inProject(GlobPath.clean(name))).isPresent();
    }

    /** Whether nothing of that name can be sent: neither there now nor made by another build step. */
    boolean surelyMissing(LintProject project, String name) {
        String clean = GlobPath.clean(name);
        for (String part : clean.split("/", -1)) {
            if (MADE_BY_BUILDS.contains(part)) {
                return false;
            }
        }
        for (int slash = clean.indexOf('/'); slash > 0; slash = clean.indexOf('/', slash + 1)) {
            Optional<ProjectFile> folder = project.file(inProject(clean.substring(0, slash)));
            if (folder.filter(found -> found.kind() == ProjectFile.Kind.LINK).isPresent()) {
                return false;
            }
        }
        return !clean.startsWith("..") && !clean.contains("$");
    }

    /** The project's path of a file of the context. */
    String inProject(String inContext) {
        return under(context, inContext);
    }

    private static String under(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
