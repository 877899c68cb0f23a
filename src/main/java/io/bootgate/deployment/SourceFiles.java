package io.bootgate.deployment;

import java.util.Optional;

/** Where a descriptor and the files that it names are read from. */
public interface SourceFiles {
    /**
     * The text of a file; empty if there is none.
     *
     * @param path absolute, or relative to where the descriptor's own path counts from
     * @throws DeploymentException if it is too large, no regular file, or no text
     */
    Optional<String> text(String path);
}
