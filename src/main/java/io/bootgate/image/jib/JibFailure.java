package io.bootgate.image.jib;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import io.bootgate.image.ImageBuildException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;

/** What Jib could not do, in words that say what to do. */
final class JibFailure {
    private JibFailure() {}

    static ImageBuildException of(JibBuild build, Throwable trouble) {
        return new ImageBuildException(message(build, trouble), trouble);
    }

    private static String message(JibBuild build, Throwable trouble) {
        Throwable root = root(trouble);
        String text =
                Objects.requireNonNullElse(root.getMessage(), root.getClass().getSimpleName());
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.contains("offline mode")) {
            return ("The base image %s is not in the cache, and this build is offline (-o). Build once without -o, or use"
                            + " one that is here: <jib><from>docker://NAME</from></jib> for the engine's, or tar://PATH.")
                    .formatted(build.from());
        }
        if (trouble instanceof RegistryUnauthorizedException refused) {
            String image = refused.getImageReference();
            String registry = image.substring(0, image.indexOf('/'));
            return ("The registry %s refused %s: it needs a login%s. Use docker login %1$s, or a <server> with the id %1$s in"
                            + " settings.xml.")
                    .formatted(registry, image, registry.endsWith("docker.io") ? ", or has no such image" : "");
        }
        if (trouble instanceof RegistryAuthenticationFailedException) {
            return "The login to the registry failed: %s. Correct it with docker login, or in settings.xml."
                    .formatted(text);
        }
        if (trouble instanceof InsecureRegistryException) {
            return ("A registry is not known to be the one it says it is, or speaks no TLS: %s. If that is as it should be, name it:"
                            + " <jib><insecureRegistries><registry>HOST:PORT</registry></insecureRegistries>.")
                    .formatted(oneLine(text));
        }
        if (lower.contains("manifest unknown")
                || lower.contains("name unknown")
                || lower.contains("not found")
                || lower.contains("404")) {
            return "There is no image %s: %s. Correct name and tag in <jib><from>."
                    .formatted(build.from(), oneLine(text));
        }
        if (root instanceof UnknownHostException
                || root instanceof java.net.ConnectException
                || root instanceof java.net.SocketException
                || root instanceof java.net.SocketTimeoutException
                || root instanceof javax.net.ssl.SSLException) {
            return "A registry cannot be reached while building %s from %s: %s: %s. %s"
                    .formatted(
                            build.reference(),
                            build.from(),
                            root.getClass().getSimpleName(),
                            oneLine(text),
                            withoutRegistry(build));
        }
        if (root instanceof NoSuchFileException || root instanceof FileNotFoundException) {
            return "A file vanished, or cannot be read, while building %s: %s.".formatted(build.reference(), text);
        }
        if (root instanceof FileSystemException || (root instanceof IOException && lower.contains("no space left"))) {
            return "Building %s failed at a file: %s. Check the disk and the permissions of %s."
                    .formatted(build.reference(), text, build.cache());
        }
        return "Building %s from %s failed: %s."
                .formatted(build.reference(), build.from(), oneLine(text).replaceFirst("\\.$", ""));
    }

    /** What to do where the network is not there. */
    static String withoutRegistry(JibBuild build) {
        return ("Check the network. A base image that was pulled once needs none with mvn -o; else use one that is here instead"
                        + " of %s: <jib><from>docker://NAME</from></jib> for the engine's, or tar://PATH.")
                .formatted(build.from());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static Throwable root(Throwable trouble) {
        Throwable root = trouble;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
