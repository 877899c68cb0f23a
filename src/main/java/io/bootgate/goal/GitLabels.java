package io.bootgate.goal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Labels that say which sources an image was made from: the same for the same commit, whenever it is built. */
final class GitLabels {
    private static final String PREFIX = "org.opencontainers.image.";
    private static final int PATIENCE_SECONDS = 5;

    private GitLabels() {}

    /** Of the commit that the folder is at; empty where there is no git or no commit. */
    static Map<String, String> of(Path folder) {
        Map<String, String> labels = new LinkedHashMap<>();
        List<String> commit =
                git(folder, "log", "-1", "--format=%H%n%cI").orElse("").lines().toList();
        if (commit.size() == 2) {
            labels.put(PREFIX + "revision", commit.get(0));
            labels.put(PREFIX + "created", commit.get(1));
            git(folder, "config", "--get", "remote.origin.url")
                    .map(GitLabels::withoutLogin)
                    .ifPresent(url -> labels.put(PREFIX + "source", url));
        }
        return labels;
    }

    static String withoutLogin(String url) {
        return url.strip().replaceFirst("(://)[^/@]+@", "$1");
    }

    private static Optional<String> git(Path folder, String... words) {
        try {
            ProcessBuilder command = new ProcessBuilder("git", "-C", folder.toString());
            command.command().addAll(List.of(words));
            Process process =
                    command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return ended && process.exitValue() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            // No git: the image has no such labels.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
