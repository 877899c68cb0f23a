package io.bootgate.image.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a build from a Dockerfile depends on, as one digest: what it was told, its bases, and the files that are sent. */
final class ContextDigest {
    private static final int PIECE = 64 * 1024;

    private final MessageDigest digest;

    ContextDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    ContextDigest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    /** All that it was told; in the order of words, since maps have none that lasts. */
    ContextDigest add(DockerBuild build) {
        return add(new TreeMap<>(build.args()).toString())
                .add(Stream.of(build.toString().split("[,{}\\[\\] ]+", -1))
                        .sorted()
                        .toList()
                        .toString());
    }

    /** Names, modes and contents; times do not count, as they do not for the engine. */
    ContextDigest add(BuildContext context, Path without) {
        for (ArchivedFile file : context.files()) {
            if (!file.source().startsWith(without) && !without.startsWith(file.source())) {
                try {
                    add(file);
                } catch (IOException e) {
                    throw ArchivedFile.unreadable(e);
                }
            }
        }
        return this;
    }

    private void add(ArchivedFile file) throws IOException {
        add(file.name());
        if (file.content().isPresent()) {
            digest.update(file.content().get());
        } else if (Files.isSymbolicLink(file.source())) {
            add("link " + Files.readSymbolicLink(file.source()));
        } else if (Files.isDirectory(file.source(), LinkOption.NOFOLLOW_LINKS)) {
            add("folder "
                    + Files.getPosixFilePermissions(file.source()).stream()
                            .sorted()
                            .toList());
        } else {
            add("file "
                    + Files.getPosixFilePermissions(file.source()).stream()
                            .sorted()
                            .toList());
            add(String.valueOf(Files.size(file.source())));
            try (InputStream in = Files.newInputStream(file.source())) {
                byte[] piece = new byte[PIECE];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    digest.update(piece, 0, read);
                }
            }
        }
    }

    String hex() {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
