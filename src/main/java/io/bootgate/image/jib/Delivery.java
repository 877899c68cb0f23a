package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DockerDaemonImage;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageStore;
import io.bootgate.image.ImageStore.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Brings one image to where it is wanted. */
record Delivery(JibBuild build, JibRun jib, RegistryAccess registries, BaseImage base, BaseFacts facts, Recipe recipe) {

    /** Puts the service on a base. Jib changes what it builds from: each run gets its own. */
    interface Recipe {
        JibContainerBuilder put(JibContainerBuilder onto) throws IOException;
    }

    /** @param digest of its manifest, where a registry has it */
    record Delivered(String id, Optional<String> digest) {}

    /** Sends what the engine does not have: nothing, the layers that changed, or all. */
    Delivered toEngine(ImageStore engine) {
        EngineArchive image = archive();
        Optional<StoredImage> before = engine.find(build.reference());
        if (before.map(StoredImage::id).equals(Optional.of(image.id())) || sendsTheRest(engine, image, before)) {
            return new Delivered(image.id(), Optional.empty());
        }
        String id = make(Containerizer.to(new EngineClient(engine), DockerDaemonImage.named(reference())));
        return new Delivered(id, Optional.empty());
    }

    private EngineArchive archive() {
        try {
            return EngineArchive.of(
                    reference(), facts, recipe.put(Jib.fromScratch()).toContainerBuildPlan(), build.cache());
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        }
    }

    /** Most of an image is its base and its packages: where the engine has them, they are not sent. */
    private boolean sendsTheRest(ImageStore engine, EngineArchive image, Optional<StoredImage> before) {
        int known = Stream.concat(before.stream(), base.stored().stream())
                .filter(StoredImage::sparesLayers)
                .mapToInt(there -> image.sharedWith(there.diffIds()))
                .max()
                .orElse(0);
        if (known == 0 || !image.isEnoughFor(known)) {
            return false;
        }
        try {
            engine.load(out -> image.writeTo(out, known));
            return engine.find(build.reference()).map(StoredImage::id).equals(Optional.of(image.id()));
        } catch (ImageBuildException e) {
            // An engine of another mind: it gets all of it.
            return false;
        }
    }

    Delivered toFile() {
        try {
            Files.createDirectories(build.archive().resolveSibling("."));
            return new Delivered(
                    make(Containerizer.to(TarImage.at(build.archive()).named(reference()))), Optional.empty());
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        }
    }

    private String make(Containerizer to) {
        try {
            boolean cached = build.offline() || base.isCached();
            return jib.make(recipe.put(base.start()), to, cached, base.isInsecure())
                    .getImageId()
                    .toString();
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        } catch (InvalidImageReferenceException e) {
            throw new IllegalStateException(e);
        }
    }

    Delivered toRegistry() {
        if (build.offline()) {
            throw new ImageBuildException(
                    ("The image %s cannot be pushed: this build is offline (-o). Push without -o, or build into the engine or a"
                                    + " file: <jib><to>engine</to> or tar.")
                            .formatted(build.reference()));
        }
        ImageReference to = reference();
        boolean insecure = registries.isInsecure(to);
        RegistryHost.of(to, insecure)
                .check(build.reference(), "Check the registry's name in <image> and the network to it.");
        Containerizer target = Containerizer.to(registries.image(to));
        build.tags().forEach(target::withAdditionalTag);
        Path copy = null;
        try {
            // Jib is lenient with every registry of a run or with none: a base of another one is not to be fetched so.
            boolean mixed = base.registry().isPresent() && base.isInsecure() != insecure;
            JibContainerBuilder onto = base.start();
            if (mixed) {
                copy = Files.createTempFile(build.cache(), "base-", ".tar");
                base.writeTo(copy);
                onto = Jib.from(TarImage.at(copy));
            }
            JibContainer pushed = jib.make(recipe.put(onto), target, false, insecure);
            return new Delivered(
                    pushed.getImageId().toString(),
                    Optional.of(pushed.getDigest().toString()));
        } catch (IOException e) {
            throw JibFailure.of(build, e);
        } catch (InvalidImageReferenceException e) {
            throw new IllegalStateException(e);
        } finally {
            BaseImage.delete(copy);
        }
    }

    private ImageReference reference() {
        try {
            return ImageReference.parse(build.reference());
        } catch (InvalidImageReferenceException e) {
            throw new ImageBuildException(
                    "<image> is not the name of an image: \"%s\". Example: acme/orders:1.0"
                            .formatted(build.reference()),
                    e);
        }
    }
}
