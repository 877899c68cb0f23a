package io.bootgate.source.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the image that a stage starts from.
 *
 * @param reference as the Dockerfile names it, variables replaced
 * @param plain whether it surely holds nothing of a service's own: no entry point, no files outside of the system's folders
 * @param python version of its Python as far as the tag tells: {@code 3.12}
 * @param triggers ONBUILD instructions
 */
public record BaseImage(
        String reference,
        Family family,
        boolean plain,
        Optional<String> python,
        Map<String, String> env,
        String workdir,
        List<String> triggers) {

    private static final List<String> OFFICIAL =
            List.of("docker.io/library/", "index.docker.io/library/", "public.ecr.aws/docker/library/", "library/");
    private static final Pattern WITH_ENTRY_POINT = Pattern.compile(
            ".*(?:azure-functions|appsvc|lambda|distroless|chainguard|cgr\\.dev|jupyter|tiangolo|openshift|ubi\\d).*");
    private static final Pattern VERSION = Pattern.compile("(?:python)?(\\d+(?:\\.\\d+)?)(?:[.-].*)?");

    public BaseImage {
        env = Map.copyOf(env);
        triggers = List.copyOf(triggers);
    }

    /** Which programs a base image brings. */
    public enum Family {
        /** Debian or Ubuntu without tools: bash, but no curl and no wget. */
        DEBIAN_SLIM,
        /** Debian with tools: curl, wget, git, a compiler. */
        DEBIAN,
        /** Busybox: sh and wget, but no bash and no curl. */
        ALPINE,
        /** Nothing at all. */
        EMPTY,
        UNKNOWN
    }

    /** What the name tells. */
    public static BaseImage named(String reference) {
        String bare = reference.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        int colon = bare.lastIndexOf(':');
        String tag = colon > bare.lastIndexOf('/') ? bare.substring(colon + 1) : "";
        String path = tag.isEmpty() ? bare : bare.substring(0, colon);
        String official = OFFICIAL.stream()
                .filter(path::startsWith)
                .findFirst()
                .map(prefix -> path.substring(prefix.length()))
                .orElse(path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        Family family = switch (official) {
            case "scratch" -> Family.EMPTY;
            case "alpine" -> Family.ALPINE;
            case "debian", "ubuntu" -> Family.DEBIAN_SLIM;
            case "python", "buildpack-deps", "node" -> byTag(tag, Family.DEBIAN);
            case "ghcr.io/astral-sh/uv" -> byTag(tag, Family.UNKNOWN);
            default -> Family.UNKNOWN;
        };
        boolean ownBuild =
                name.contains("python") && !WITH_ENTRY_POINT.matcher(path).matches();
        return new BaseImage(
                reference, family, family != Family.UNKNOWN || ownBuild, python(name, tag), Map.of(), "/", List.of());
    }

    private static Family byTag(String tag, Family otherwise) {
        return tag.contains("alpine") ? Family.ALPINE : tag.contains("slim") ? Family.DEBIAN_SLIM : otherwise;
    }

    private static Optional<String> python(String name, String tag) {
        Matcher version = VERSION.matcher(tag);
        boolean tells = name.contains("python") || tag.startsWith("python");
        return tells && version.matches() ? Optional.of(version.group(1)) : Optional.empty();
    }

    /** The same with what an engine knows of it. */
    public BaseImage with(Map<String, String> variables, String folder, List<String> onBuild) {
        return new BaseImage(reference, family, plain, python, variables, folder, onBuild);
    }
}
