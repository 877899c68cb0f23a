package io.bootgate.image.jib;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageStore;
import io.bootgate.image.ImageStore.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The image that a service's layers are put on: from the engine, a registry, or a file. */
final class BaseImage {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String ENGINE = "docker://";
    private static final String REGISTRY = "registry://";
    static final String TAR = "tar://";
    private static final String NOWHERE = "bootgate/base";

    /** Changes with what is remembered of a base. */
    private static final String FORM = "2 ";

    private final JibBuild build;
    private final Optional<ImageStore> engine;
    private final Optional<StoredImage> stored;
    private final JibRun jib;
    private final RegistryAccess registries;
    private final Source source;
    private final String name;

    /** Where it comes from. */
    enum Source {
        ENGINE,
        REGISTRY,
        TAR
    }

    private BaseImage(
            JibBuild build,
            Optional<ImageStore> engine,
            Optional<StoredImage> stored,
            JibRun jib,
            RegistryAccess registries,
            Source source,
            String name) {
        this.build = build;
        this.engine = engine;
        this.stored = stored;
        this.jib = jib;
        this.registries = registries;
        this.source = source;
        this.name = name;
    }

    /** @param engine empty where none is used: then a plain name is one of a registry */
    static BaseImage of(JibBuild build, Optional<ImageStore> engine, JibRun jib, RegistryAccess registries) {
        String from = build.from();
        if (from.startsWith(TAR)) {
            Path file = build.project().resolve(from.substring(TAR.length()));
            if (!Files.isRegularFile(file)) {
                throw new ImageBuildException("There is no image archive at " + file
                        + ". Make it with \"docker save -o FILE IMAGE\", or correct <jib><from>.");
            }
            return new BaseImage(build, engine, Optional.empty(), jib, registries, Source.TAR, file.toString());
        }
        if (from.startsWith(REGISTRY)) {
            return new BaseImage(
                    build,
                    engine,
                    Optional.empty(),
                    jib,
                    registries,
                    Source.REGISTRY,
                    from.substring(REGISTRY.length()));
        }
        boolean asked = from.startsWith(ENGINE);
        String name = asked ? from.substring(ENGINE.length()) : from;
        Optional<StoredImage> stored = engine.flatMap(store -> store.find(name));
        if (stored.isPresent()) {
            return new BaseImage(build, engine, stored, jib, registries, Source.ENGINE, name);
        }
        if (asked) {
            throw new ImageBuildException(
                    ("The engine has no image %s. Pull or build it there, or name one of a registry in <jib><from>, as"
                                    + " python:3.12-slim.")
                            .formatted(name));
        }
        return new BaseImage(build, engine, stored, jib, registries, Source.REGISTRY, name);
    }

    /** Starts an image on it. */
    JibContainerBuilder start() {
        try {
            return switch (source) {
                case ENGINE -> Jib.from(new EngineClient(engine.orElseThrow()), DockerDaemonImage.named(name));
                case REGISTRY ->
                    Jib.from(registries.image(ImageReference.parse(name)))
                            .setPlatforms(Set.of(new Platform(build.architecture(), build.os())));
                case TAR -> Jib.from(TarImage.at(Path.of(name)));
            };
        } catch (InvalidImageReferenceException e) {
            throw misnamed(e);
        }
    }

    private ImageBuildException misnamed(InvalidImageReferenceException e) {
        return new ImageBuildException(
                "<jib><from> is not the name of an image: \"%s\". Example: python:3.12-slim".formatted(build.from()),
                e);
    }

    /** What it offers; read once from its files, then known by its id. */
    BaseFacts facts() {
        Optional<String> id = knownId();
        Optional<BaseFacts> known = id.flatMap(this::remembered);
        if (known.isPresent()) {
            return known.get();
        }
        String found = id.orElseGet(() -> make(Optional.empty()));
        return remembered(found).orElseGet(() -> {
            BaseFacts read = read();
            remember(found, read);
            return read;
        });
    }

    /** The registry that it comes from; empty if it comes from none. */
    Optional<ImageReference> registry() throws InvalidImageReferenceException {
        return source == Source.REGISTRY ? Optional.of(ImageReference.parse(name)) : Optional.empty();
    }

    boolean isInsecure() throws InvalidImageReferenceException {
        return registry().map(registries::isInsecure).orElse(false);
    }

    /** Writes it into a file, which {@link TarImage} can be made of. */
    void writeTo(Path archive) {
        make(Optional.of(archive));
    }

    /** It as the engine has it, where it comes from there. */
    Optional<StoredImage> stored() {
        return stored;
    }

    /** Whether {@link #facts()} has brought all of it into the cache. */
    boolean isCached() {
        return source == Source.REGISTRY;
    }

    /** Without asking anybody but the engine. */
    private Optional<String> knownId() {
        return switch (source) {
            case ENGINE -> stored.map(StoredImage::id);
            case REGISTRY -> Optional.empty();
            case TAR -> Optional.of(Digests.of(name + " " + stamp(Path.of(name))));
        };
    }

    private static String stamp(Path file) {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new ImageBuildException("Cannot read the image archive %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private BaseFacts read() {
        Path archive = null;
        try {
            Files.createDirectories(build.cache());
            archive = Files.createTempFile(build.cache(), "base-", ".tar");
            if (source == Source.ENGINE) {
                Files.delete(archive);
                engine.orElseThrow().save(name, archive);
            } else {
                make(Optional.of(archive));
            }
            return BaseScan.of(archive);
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        } finally {
            delete(archive);
        }
    }

    static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Some space in the cache is lost, no more.
            file.toFile().deleteOnExit();
        }
    }

    private String make(Optional<Path> archive) {
        try {
            if (source == Source.REGISTRY && !build.offline()) {
                RegistryHost.of(ImageReference.parse(name), isInsecure())
                        .check(build.reference(), JibFailure.withoutRegistry(build));
            }
            Containerizer to = Containerizer.to(new ArchiveSink(archive), DockerDaemonImage.named(NOWHERE));
            return jib.make(start(), to, build.offline(), isInsecure())
                    .getImageId()
                    .toString();
        } catch (InvalidImageReferenceException e) {
            throw misnamed(e);
        }
    }

    private Path file(String id) {
        return build.cache().resolve("facts").resolve(Digests.of(FORM + id) + ".json");
    }

    private Optional<BaseFacts> remembered(String id) {
        try {
            Path file = file(id);
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), BaseFacts.class)) : Optional.empty();
        } catch (IOException e) {
            // Written by another version: read anew.
            return Optional.empty();
        }
    }

    private void remember(String id, BaseFacts facts) {
        try {
            Path file = file(id);
            Files.createDirectories(file.getParent());
            Path whole = Files.createTempFile(file.getParent(), "facts-", ".tmp");
            JSON.writeValue(whole.toFile(), facts);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        }
    }
}
