package io.bootgate.image.jib;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A build without a Dockerfile.
 *
 * @param reference name that the image gets
 * @param project folder that places in the source are told relative to
 * @param from base image: a name (the engine's own where it has it, else from its registry), {@code docker://name},
 *     {@code registry://name} or {@code tar://path}
 * @param app folder whose files become {@code /app}; a relative path is one of the project
 * @param requirements empty for the first of requirements.txt, uv.lock, poetry.lock and pyproject.toml that there is
 * @param python version of Python to use, where the base has several or hides its own
 * @param module what the server is to serve, as {@code module:attribute}; empty to look for it
 * @param entrypoint empty for the server's usual command
 * @param port empty for the one of gunicorn.conf.py, else 8000
 * @param platforms as in {@code linux/arm64}, of a base image that has several: this machine's own first, where it is one of
 *     them. Only a registry takes an image of more than one
 * @param tags further tags in the registry
 * @param insecureRegistries that may be spoken to without TLS, or without a known certificate: {@code host:port}
 * @param archive file that the image goes to where it goes to a file
 * @param user that the service runs as
 * @param owner of the files, as numbers: {@code 0:0}
 * @param labels of the image
 * @param excludes patterns as in a {@code .dockerignore}, on top of it
 * @param output folder that builds write to, never a part of the image
 * @param cache of base images and dependencies, shared by all projects of a user
 * @param environment of this process, for uv and pip: may hold secrets, never to be printed
 * @param offline whether registries and indexes must not be asked
 */
public record JibBuild(
        String reference,
        Path project,
        String from,
        Path app,
        Optional<Path> requirements,
        Optional<String> python,
        Optional<String> module,
        Optional<List<String>> entrypoint,
        OptionalInt port,
        List<String> platforms,
        List<String> tags,
        Set<String> insecureRegistries,
        Path archive,
        String user,
        String owner,
        Map<String, String> labels,
        List<String> excludes,
        Path output,
        Path cache,
        Map<String, String> environment,
        boolean offline) {

    public JibBuild {
        project = project.toAbsolutePath().normalize();
        app = project.resolve(app).normalize();
        output = project.resolve(output).normalize();
        archive = project.resolve(archive).normalize();
        platforms = List.copyOf(platforms);
        tags = List.copyOf(tags);
        insecureRegistries = Set.copyOf(insecureRegistries);
        labels = Map.copyOf(labels);
        excludes = List.copyOf(excludes);
        environment = Map.copyOf(environment);
    }

    /** Whether the base is one that only an engine has. */
    public boolean takesBaseOfEngine() {
        return from.startsWith(BaseImage.ENGINE);
    }

    /** All that was told of the image, in an order that lasts; not the surroundings. */
    List<String> told() {
        return List.of(
                reference,
                from,
                app.toString(),
                requirements.toString(),
                python.toString(),
                module.toString(),
                entrypoint.toString(),
                port.toString(),
                platforms.toString(),
                tags.toString(),
                user,
                owner,
                new TreeMap<>(labels).toString(),
                excludes.toString());
    }

    String os() {
        return platforms.get(0).substring(0, platforms.get(0).indexOf('/'));
    }

    String architecture() {
        return platforms.get(0).substring(platforms.get(0).indexOf('/') + 1);
    }

    /** The same for one platform, under another name. */
    JibBuild on(String platform, String name) {
        return new JibBuild(
                name,
                project,
                from,
                app,
                requirements,
                python,
                module,
                entrypoint,
                port,
                List.of(platform),
                List.of(),
                insecureRegistries,
                archive,
                user,
                owner,
                labels,
                excludes,
                output,
                cache,
                environment,
                offline);
    }
}
