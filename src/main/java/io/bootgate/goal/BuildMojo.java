package io.bootgate.goal;

import io.bootgate.gate.Gate;
import io.bootgate.gate.GateLog;
import io.bootgate.gate.GateRequest;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageStore.StoredImage;
import io.bootgate.image.docker.EngineImages;
import io.bootgate.image.jib.JibTarget;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Builds the service's image and boots nothing. A build that fails is told with its place (the failing instruction in the
 * Dockerfile, the requirement) and the reason.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true, requiresProject = false)
public final class BuildMojo extends BootgateMojo {
    @Override
    void run() throws MojoExecutionException, MojoFailureException {
        if (!builds()) {
            getLog().info("There is nothing to build (bootgate.builder is none).");
            return;
        }
        Recipe recipe = recipe(reference());
        boolean pushes = push().equals("afterBuild");
        if (push().equals("afterReady")) {
            getLog().info("The image is pushed by bootgate:verify once it is READY (bootgate.push is afterReady).");
        }
        Optional<BuiltImage> before = before();
        List<Unchanged> builder = new ArrayList<>(1);
        After after = (failed, engine, log) -> {
            Unchanged used = builder.get(0);
            BuiltImage image = BuiltImage.of(
                    service(),
                    used.built().orElseThrow(),
                    before.isPresent() && used.isSpared() && before.get().pushed(),
                    used.inputs());
            publish(image);
            if (image.pushed()) {
                return;
            }
            if (recipe instanceof Recipe.WithJib jib && jib.target() != JibTarget.ENGINE) {
                publish(delivered(jib, image, log));
            } else {
                publish(shipping(Optional.of(recipe), pushes).ship(image, engine, log));
            }
        };
        GateRequest request =
                GateRequest.ofImage(service(), recipe.reference(), secretEnv, baseDirectory(), outputDirectory());
        if (recipe instanceof Recipe.WithJib jib
                && jib.target() != JibTarget.ENGINE
                && !jib.build().takesBaseOfEngine()) {
            work(
                    request.name(),
                    log -> {
                        builder.add(sparing(target(Optional.empty(), jib), before, exists(jib)));
                        return Gate.buildAlone(request, builder.get(0), log);
                    },
                    after);
        } else {
            gate(
                    request.name(),
                    (gate, engine) -> {
                        EngineImages images =
                                new EngineImages(engine.connection().client());
                        builder.add(
                                recipe instanceof Recipe.WithJib jib && jib.target() != JibTarget.ENGINE
                                        ? sparing(target(Optional.of(engine), jib), before, exists(jib))
                                        : sparing(
                                                builder(engine, recipe),
                                                before,
                                                image -> images.find(image.reference())
                                                        .map(StoredImage::id)
                                                        .equals(image.id())));
                        return gate.build(request, builder.get(0));
                    },
                    after);
        }
    }

    /** Whether the image of the run before still is where it was brought to. */
    private Predicate<BuiltImage> exists(Recipe.WithJib jib) {
        return image -> {
            if (jib.target() == JibTarget.TAR) {
                return Files.exists(jib.build().archive());
            }
            try {
                return image.digest().isPresent()
                        && registries().digest(image.reference()).equals(image.digest());
            } catch (ImageBuildException e) {
                return false;
            }
        };
    }

    /** What the builder itself has brought there already. */
    private BuiltImage delivered(Recipe.WithJib jib, BuiltImage image, GateLog log) {
        if (jib.target() == JibTarget.REGISTRY) {
            return shipping(Optional.of(jib), true).pushed(image, image.digest(), log);
        }
        log.info(jib.delivered());
        return image;
    }
}
