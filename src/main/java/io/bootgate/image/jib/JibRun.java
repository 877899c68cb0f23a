package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Lets Jib make an image, with our caches, and tells what went wrong in our words. */
record JibRun(JibBuild build, BuildLog log) {
    /** As the image's history tells who made it. */
    static final String TOOL = "bootgate";

    static final String VERSION = "jib";

    /**
     * Makes it.
     *
     * @param offline whether the base must come from the cache: asked for, or known to be there
     * @param insecure whether registries may be spoken to without TLS
     */
    JibContainer make(JibContainerBuilder image, Containerizer to, boolean offline, boolean insecure) {
        to.setBaseImageLayersCache(build.cache().resolve("base"))
                .setApplicationLayersCache(build.cache().resolve("layers"))
                .setToolName(TOOL)
                .setToolVersion(VERSION)
                .setOfflineMode(offline)
                .setAllowInsecureRegistries(insecure)
                .addEventHandler(LogEvent.class, this::heard);
        try {
            return image.containerize(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("The build of " + build.reference() + " was interrupted.", e);
        } catch (ExecutionException e) {
            throw explained(e.getCause() == null ? e : e.getCause());
        } catch (RegistryException | IOException | CacheDirectoryCreationException | IllegalStateException e) {
            throw explained(e);
        }
    }

    private ImageBuildException explained(Throwable trouble) {
        return trouble instanceof ImageBuildException ours ? ours : JibFailure.of(build, trouble);
    }

    private void heard(LogEvent event) {
        // What Jib warns of (a base without a digest, ...) is not the user's to change here.
        String text = event.getMessage().strip();
        if (event.getLevel() != LogEvent.Level.DEBUG && !text.isEmpty()) {
            log.output(text);
        }
    }
}
