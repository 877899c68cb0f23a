package io.bootgate.image.jib;

import io.bootgate.image.SlashedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service needs, as its project tells it.
 *
 * @param main requirements.txt, pyproject.toml, uv.lock or poetry.lock
 * @param texts it and every file that it includes with {@code -r} and {@code -c}
 */
record RequirementFiles(Path project, Path main, Map<Path, String> texts) {
    private static final List<String> USUAL = List.of("requirements.txt", "uv.lock", "poetry.lock", "pyproject.toml");
    private static final Pattern INCLUDE =
            Pattern.compile("(?m)^\\s*(?:-r|--requirement|-c|--constraint)(?:\\s+|=)(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCAL = Pattern.compile(
            "\\s*(?:-e\\b|--editable\\b|\\.{1,2}(?:/|\\s*$|\\[)|file:|/).*|.*@\\s*file:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern REPOSITORY = Pattern.compile(
            "(?:[^#]*@)?\\s*(?:-e\\s+|--editable(?:\\s+|=))?(?:git|hg|svn|bzr)\\+.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOCAL_WHEEL = Pattern.compile("[^#]*\\.whl(?:\\s.*)?");

    /** The given file, else the first of the usual ones in the app's folder and the project's; empty if there is none. */
    static Optional<RequirementFiles> of(JibBuild build) throws IOException, RequirementFailure {
        if (build.requirements().isPresent()) {
            Path given = build.project().resolve(build.requirements().get()).normalize();
            if (!Files.isRegularFile(given)) {
                throw new io.bootgate.image.ImageBuildException("There is no file " + given
                        + ". Correct <jib><requirements>: requirements.txt, pyproject.toml, uv.lock or poetry.lock.");
            }
            return Optional.of(read(build.project(), given));
        }
        for (Path folder : List.of(build.app(), build.project())) {
            for (String name : USUAL) {
                Path file = folder.resolve(name);
                if (Files.isRegularFile(file) && (!name.equals("pyproject.toml") || hasProjectTable(file))) {
                    return Optional.of(read(build.project(), file));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasProjectTable(Path file) throws IOException {
        return Files.readString(file).lines().anyMatch(line -> line.strip().startsWith("[project]"));
    }

    private static RequirementFiles read(Path project, Path main) throws IOException, RequirementFailure {
        Map<Path, String> texts = new LinkedHashMap<>();
        List<Path> open = new ArrayList<>(List.of(main));
        while (!open.isEmpty()) {
            Path file = open.remove(0);
            if (texts.containsKey(file)) {
                continue;
            }
            String text = Files.readString(file);
            texts.put(file, text);
            if (!isPlain(file)) {
                continue;
            }
            Matcher include = INCLUDE.matcher(text);
            while (include.find()) {
                Path included = file.resolveSibling(include.group(1)).normalize();
                if (!include.group(1).contains("://") && Files.isRegularFile(included)) {
                    open.add(included);
                }
            }
        }
        RequirementFiles files = new RequirementFiles(project, main, texts);
        files.refuseFolders();
        return files;
    }

    private static boolean isPlain(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.endsWith(".toml") && !name.endsWith(".lock");
    }

    /** A folder has no wheel: to make one its code would have to be run. */
    private void refuseFolders() throws RequirementFailure {
        for (Map.Entry<Path, String> file : texts.entrySet()) {
            List<String> lines =
                    isPlain(file.getKey()) ? file.getValue().lines().toList() : List.of();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (REPOSITORY.matcher(line.strip()).matches()) {
                    throw new RequirementFailure(
                            place(file.getKey(), i + 1, line),
                            "\"%s\" is a repository of sources, and only wheels can be put into the image."
                                    .formatted(PackageTool.withoutLogin(line.strip())),
                            "Build a wheel of it (pip wheel) and name that, name a version that an index has, or build with a"
                                    + " Dockerfile.",
                            List.of());
                }
                if (LOCAL.matcher(line).matches() && !LOCAL_WHEEL.matcher(line).matches()) {
                    throw new RequirementFailure(
                            place(file.getKey(), i + 1, line),
                            "\"%s\" is a folder of this machine, and only wheels can be put into the image."
                                    .formatted(PackageTool.withoutLogin(line.strip())),
                            "Leave it out if it is the project itself: the app's files are in the image anyway. Else build a"
                                    + " wheel of it (pip wheel) and name that.",
                            List.of());
                }
            }
        }
    }

    private Place place(Path file, int line, String text) {
        return new Place(name(file), OptionalInt.of(line), Optional.of(PackageTool.withoutLogin(text.strip())));
    }

    /**
     * Where something stands.
     *
     * @param file relative to the project
     */
    record Place(String file, OptionalInt line, Optional<String> text) {}

    /** The line that names a distribution; only the file where none does. */
    Place placeOf(String distribution) {
        String wanted = normalised(distribution);
        for (Map.Entry<Path, String> file : texts.entrySet()) {
            List<String> lines = file.getValue().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                String named = line.replaceFirst("^[\"'\\s]+", "").replaceFirst("[^A-Za-z0-9._-].*$", "");
                if (!wanted.isEmpty() && normalised(named).equals(wanted)) {
                    return place(file.getKey(), i + 1, line);
                }
            }
        }
        return new Place(name(main), OptionalInt.empty(), Optional.empty());
    }

    /** A name as indexes compare it. */
    static String normalised(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[-_.]+", "-").replaceAll("^-|-$", "");
    }

    String name() {
        return name(main);
    }

    private String name(Path file) {
        return SlashedPath.of(file.startsWith(project) ? project.relativize(file) : file);
    }

    /** Adds all that decides what is installed, wheels that lie beside included. */
    void addTo(MessageDigest digest) throws IOException {
        for (Map.Entry<Path, String> file : texts.entrySet()) {
            add(
                    digest,
                    String.valueOf(file.getKey().getFileName()),
                    file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (String line : file.getValue().lines().toList()) {
                Matcher wheel =
                        Pattern.compile("(?:^|\\s|file:/*)([^\\s:]+\\.whl)").matcher(line);
                Path local = wheel.find() ? file.getKey().resolveSibling(wheel.group(1)) : file.getKey();
                if (!local.equals(file.getKey()) && Files.isRegularFile(local)) {
                    add(digest, String.valueOf(local.getFileName()), Files.readAllBytes(local));
                }
            }
        }
    }

    private static void add(MessageDigest digest, String name, byte[] content) {
        digest.update((name + "\n" + content.length + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(content);
    }
}
