package io.bootgate.goal;

import io.bootgate.gate.Gate;
import io.bootgate.gate.GateRequest;
import io.bootgate.gate.GateResult;
import io.bootgate.image.jib.JibTarget;
import java.util.Optional;
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
        GateRequest request =
                GateRequest.ofImage(service(), recipe.reference(), secretEnv, baseDirectory(), outputDirectory());
        if (recipe instanceof Recipe.WithJib jib && jib.target() != JibTarget.ENGINE) {
            if (jib.build().takesBaseOfEngine()) {
                gate(
                        request.name(),
                        (gate, engine) -> told(jib, gate.build(request, target(Optional.of(engine), jib))));
            } else {
                work(request.name(), log -> told(jib, Gate.buildAlone(request, target(Optional.empty(), jib), log)));
            }
        } else {
            gate(request.name(), (gate, engine) -> gate.build(request, builder(engine, recipe)));
        }
    }

    private Optional<GateResult> told(Recipe.WithJib jib, Optional<GateResult> failed) {
        if (failed.isEmpty()) {
            getLog().info(jib.delivered());
        }
        return failed;
    }
}
