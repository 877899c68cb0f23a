package io.bootgate.gate;

import io.bootgate.image.SourceFiles;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns places in the image into places in the user's project, with the text of the line. */
record Places(SourceFiles sources, Path baseDirectory) {

    Finding locate(Finding finding) {
        return finding.location().map(place -> finding.at(locate(place))).orElse(finding);
    }

    private Location locate(Location place) {
        Optional<Path> origin = place.inImage().flatMap(sources::origin);
        if (place.path().isPresent() || origin.isEmpty()) {
            return place;
        }
        Optional<String> text = place.text()
                .or(() -> place.line().isPresent()
                        ? line(origin.get(), place.line().getAsInt())
                        : Optional.empty());
        return new Location(Optional.of(relative(origin.get())), place.line(), place.inImage(), text);
    }

    private String relative(Path file) {
        Path base = baseDirectory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        return shown.toString().replace('\\', '/');
    }

    private static Optional<String> line(Path file, int number) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(number - 1L).findFirst().map(String::strip).filter(text -> !text.isEmpty());
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // gone in the meantime, or not text: the place stands without it
        }
    }
}
