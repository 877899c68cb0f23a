package io.bootgate.engine;

/**
 * Which engine this is.
 *
 * @param name {@code Docker Engine}, {@code Podman}
 * @param version of the engine
 * @param api version of the API that is spoken, as negotiated
 * @param architecture of the engine's machine, in the spelling of image configs: {@code amd64}, {@code arm64}
 * @param address where it was reached, as a URL without credentials
 * @param foundBy how it was found: {@code DOCKER_HOST}, {@code context desktop-linux}, {@code /var/run/docker.sock}, ...
 */
public record EngineInfo(String name, String version, String api, String architecture, String address, String foundBy) {

    public boolean isPodman() {
        return name.equals("Podman");
    }
}
