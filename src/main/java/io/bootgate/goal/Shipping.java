package io.bootgate.goal;

import io.bootgate.engine.docker.DockerEngine;
import io.bootgate.gate.GateLog;
import io.bootgate.gate.Secrets;
import io.bootgate.image.BackOff;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuildException;
import io.bootgate.image.ImageBuilder;
import io.bootgate.image.docker.EnginePush;
import io.bootgate.image.jib.JibTarget;
import io.bootgate.image.jib.Registries;
import java.util.Optional;

/**
 * Brings an image that is good to where it is wanted: a file, or a registry that is asked afterwards whether it has the very same.
 *
 * @param recipe how it was built; empty if it was there
 * @param push whether it is to be pushed, beside what {@code <jib><to>} says
 * @param registries that know the logins
 */
record Shipping(Optional<Recipe> recipe, boolean push, Registries registries, BackOff backOff, Secrets secrets) {

    /** The image as it is known afterwards. */
    BuiltImage ship(BuiltImage image, Optional<DockerEngine> engine, GateLog log) {
        Optional<Recipe.WithJib> jib =
                recipe.filter(Recipe.WithJib.class::isInstance).map(Recipe.WithJib.class::cast);
        if (jib.isPresent() && jib.get().target() == JibTarget.TAR && !push) {
            build(jib.get().toTarget(engine, secrets), log);
            log.info(jib.get().delivered());
            return image;
        }
        if (jib.isPresent() && (push || jib.get().target() == JibTarget.REGISTRY)) {
            ImageBuilder pusher = jib.get().to(JibTarget.REGISTRY).toTarget(engine, secrets);
            return pushed(
                    image, backOff.insist(() -> build(pusher, log), log::warn).digest(), log);
        }
        if (push) {
            EnginePush pusher = new EnginePush(engine.orElseThrow().connection().client());
            Optional<EnginePush.Login> login = registries
                    .login(image.reference())
                    .map(known -> new EnginePush.Login(known.name(), known.password()));
            return pushed(image, backOff.insist(() -> pusher.push(image.reference(), login), log::warn), log);
        }
        return image;
    }

    private static Built build(ImageBuilder builder, GateLog log) {
        BuildOutcome outcome = builder.build(log.build());
        if (outcome instanceof Failed failed) {
            throw new ImageBuildException(
                    failed.reason() + failed.fix().map(fix -> " " + fix).orElse(""));
        }
        return (Built) outcome;
    }

    /** Nobody's word is taken for it: the registry is asked. */
    BuiltImage pushed(BuiltImage image, Optional<String> told, GateLog log) {
        Optional<String> there;
        try {
            there = backOff.insist(() -> registries.digest(image.reference()), log::warn);
        } catch (ImageBuildException e) {
            log.warn("Pushed %s, but its digest could not be checked: %s".formatted(image.reference(), e.getMessage()));
            return image.pushedAs(told);
        }
        if (there.isEmpty()) {
            throw new ImageBuildException(
                    "The image %s was pushed, but its registry does not have it. Is it deleted there at once, or does a proxy answer?"
                            .formatted(image.reference()));
        }
        if (told.isPresent() && !told.equals(there)) {
            throw new ImageBuildException(
                    ("The registry has %s under %s, where %s was pushed. Somebody else pushes to the same tag: give each build a tag"
                                    + " of its own in <image>.")
                            .formatted(there.get(), image.reference(), told.get()));
        }
        log.info("Pushed %s (%s)".formatted(image.reference(), there.get()));
        return image.pushedAs(there);
    }
}
