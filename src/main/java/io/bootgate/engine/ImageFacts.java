package io.bootgate.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image's config says.
 *
 * @param env in the image's order, values included: may hold secrets, never to be printed
 * @param exposedPorts TCP only
 * @param workdir {@code /} if the image names none
 * @param user empty string if none
 * @param healthcheck the raw Test of the config ({@code CMD ...}, {@code CMD-SHELL ...}); empty list if there is none or it is NONE
 * @param digest of the registry's manifest, where the engine knows one
 */
public record ImageFacts(
        String reference,
        String id,
        Optional<String> digest,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> env,
        String workdir,
        String user,
        List<Integer> exposedPorts,
        List<String> healthcheck,
        String architecture,
        String os) {}
