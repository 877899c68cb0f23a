package io.bootgate.deployment;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a mount shows, as far as the descriptor knows it.
 *
 * @param files content in base64 by the path below the mount; by an empty path if the mount is a file itself
 * @param subPath the part of the volume that is mounted, empty for all of it
 */
public record MountContent(Map<String, String> files, Optional<String> subPath) {
    /** Nothing that is known. */
    public static final MountContent NONE = new MountContent(Map.of(), Optional.empty());

    public MountContent {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** These texts, by path. */
    public static MountContent of(Map<String, String> texts) {
        Map<String, String> files = new LinkedHashMap<>();
        texts.forEach((path, text) -> files.put(path, encoded(text)));
        return new MountContent(files, Optional.empty());
    }

    /** A mount that is a file. */
    public static MountContent file(String text) {
        return new MountContent(Map.of("", encoded(text)), Optional.empty());
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The part of it that a mount with this path below the volume shows. */
    public MountContent below(String path) {
        String clean = path.replaceFirst("^(\\./|/)+", "").replaceFirst("/$", "");
        Map<String, String> part = new LinkedHashMap<>();
        files.forEach((name, content) -> {
            if (name.equals(clean)) {
                part.put("", content);
            } else if (name.startsWith(clean + "/")) {
                part.put(name.substring(clean.length() + 1), content);
            }
        });
        return new MountContent(part, Optional.of(clean));
    }

    /** What is in the files, as far as it is text. */
    public Stream<String> texts() {
        return files.values().stream()
                .map(content -> new String(Base64.getDecoder().decode(content), StandardCharsets.UTF_8));
    }

    /** Whether it is a file, not a folder. */
    public boolean isFile() {
        return files.containsKey("");
    }

    /** Never tells what is in the files. */
    @Override
    public String toString() {
        return "MountContent[files=%s, subPath=%s]".formatted(files.keySet(), subPath.orElse(""));
    }
}
