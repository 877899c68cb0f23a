package io.bootgate.image.docker;

import io.bootgate.image.SourceFiles;
import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import io.bootgate.source.dockerfile.Dockerfile;
import io.bootgate.source.image.FutureImage;
import io.bootgate.source.image.ImageFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project's file behind a file of the image, by what the Dockerfile says. It is worked out when somebody asks: mostly
 * nobody does.
 */
final class CopiedFiles implements SourceFiles {
    private static final int ANY_MODE = 0644;

    private final Dockerfile dockerfile;
    private final BuildContext context;
    private final Map<String, String> args;
    private final Optional<String> target;
    private final Function<String, BaseImage> bases;
    private @Nullable FutureImage image;

    /** @param bases what the engine knows of an image that a stage starts from */
    CopiedFiles(
            Dockerfile dockerfile,
            BuildContext context,
            Map<String, String> args,
            Optional<String> target,
            Function<String, BaseImage> bases) {
        this.dockerfile = dockerfile;
        this.context = context;
        this.args = args;
        this.target = target;
        this.bases = bases;
    }

    @Override
    public synchronized Optional<Path> origin(String inImage) {
        if (!inImage.startsWith("/")) {
            return Optional.empty();
        }
        if (image == null) {
            image = FutureImage.of(dockerfile, sent(), args, target, this::base);
        }
        return image.image()
                .flatMap(stage -> stage.file(inImage))
                .flatMap(ImageFile::origin)
                .flatMap(context::sentFile);
    }

    private io.bootgate.source.image.BaseImage base(String reference) {
        BaseImage known = bases.apply(reference);
        return io.bootgate.source.image.BaseImage.named(reference).with(known.env(), known.workdir(), known.triggers());
    }

    private List<ProjectFile> sent() {
        return context.sentPaths().stream()
                .map(path -> new ProjectFile(path, kind(context.root().resolve(path)), 0, ANY_MODE))
                .toList();
    }

    private static Kind kind(Path file) {
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                ? Kind.FOLDER
                : Files.isSymbolicLink(file) ? Kind.LINK : Kind.FILE;
    }
}
