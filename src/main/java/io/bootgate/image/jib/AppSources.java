package io.bootgate.image.jib;

import io.bootgate.image.SourceFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which file of the project a file of {@code /app} was. */
record AppSources(Map<String, Path> files) implements SourceFiles {
    @Override
    public Optional<Path> origin(String inImage) {
        String root = AppLayers.ROOT + "/";
        return inImage.startsWith(root)
                ? Optional.ofNullable(files.get(inImage.substring(root.length())))
                        .filter(Files::exists)
                : Optional.empty();
    }
}
