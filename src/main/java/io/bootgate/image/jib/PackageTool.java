package io.bootgate.image.jib;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bootgate.image.BuildLog;
import io.bootgate.image.ImageBuildException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The user's own uv or pip, which knows the user's indexes, credentials, proxies and certificates. */
final class PackageTool {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LOGIN = Pattern.compile("(://)[^/@\\s]+@");
    private static final Pattern NO_EXPORT =
            Pattern.compile("(?i)command [\"']?export[\"']? (?:is not defined|does not exist)");
    private static final Set<String> MISLEADING = Set.of(
            "PIP_USER",
            "PIP_TARGET",
            "PIP_PREFIX",
            "PIP_ROOT",
            "PIP_REQUIRE_VIRTUALENV",
            "PIP_PYTHON",
            "PIP_DRY_RUN",
            "UV_TARGET",
            "UV_PREFIX",
            "UV_PYTHON",
            "UV_PYTHON_PLATFORM",
            "UV_SYSTEM_PYTHON");
    private static final String RUNNER = "pip_for_image.py";

    private final BuildLog log;
    private final Path work;
    private final Map<String, String> environment;

    /** @param work a folder for files that are needed while it runs */
    PackageTool(BuildLog log, Path work, Map<String, String> environment) {
        this.log = log;
        this.work = work;
        this.environment = environment;
    }

    /**
     * How a run ended.
     *
     * @param lines what it wrote, logins in addresses masked
     */
    record Ended(String tool, int status, List<String> lines) {}

    /** Installs wheels for this Python into a folder, with whichever tool there is. */
    Ended install(RequirementFiles wanted, ImagePython python, Path into) throws IOException {
        Optional<String> uv = onPath("uv").filter(found -> python.uvPlatform().isPresent());
        String name = String.valueOf(wanted.main().getFileName());
        if (name.equals("uv.lock") || name.equals("poetry.lock")) {
            Path exported = work.resolve("exported.txt");
            Ended export = export(wanted.main(), exported);
            if (export.status() != 0) {
                return export;
            }
            return uv.isPresent() ? uv(uv.get(), exported, python, into) : pip(exported, exported, python, into);
        }
        if (uv.isPresent()) {
            return uv(uv.get(), wanted.main(), python, into);
        }
        Path read = name.endsWith(".toml") ? work.resolve("requirements.txt") : wanted.main();
        return pip(wanted.main(), read, python, into);
    }

    private Ended uv(String uv, Path requirements, ImagePython python, Path into) throws IOException {
        return run(
                "uv",
                requirements.toAbsolutePath().resolveSibling(".").normalize(),
                List.of(
                        uv,
                        "pip",
                        "install",
                        "--target",
                        into.toString(),
                        "--python-version",
                        python.fullVersion(),
                        "--python-platform",
                        python.uvPlatform().orElseThrow(),
                        "--only-binary",
                        ":all:",
                        "--link-mode",
                        "copy",
                        "--no-progress",
                        "--color",
                        "never",
                        "-r",
                        requirements.toString()));
    }

    private Ended pip(Path source, Path requirements, ImagePython python, Path into) throws IOException {
        Path runner = work.resolve(RUNNER);
        try (InputStream script = PackageTool.class.getResourceAsStream(RUNNER)) {
            if (script == null) {
                throw new IOException(RUNNER + " is not in Bootgate's jar");
            }
            Files.copy(script, runner, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(List.of(
                pythonWithPip(),
                runner.toString(),
                markers(python),
                source.toString(),
                requirements.toString(),
                "install",
                "--target",
                into.toString(),
                "--python-version",
                python.fullVersion(),
                "--implementation",
                "cp",
                "--only-binary=:all:",
                "--no-compile",
                "--no-input",
                "--no-warn-script-location",
                "--disable-pip-version-check",
                "--progress-bar",
                "off",
                "-r",
                requirements.toString()));
        python.platformTags().forEach(tag -> command.addAll(List.of("--platform", tag)));
        return run("pip", requirements.toAbsolutePath().resolveSibling(".").normalize(), command);
    }

    private static String markers(ImagePython python) {
        try {
            return JSON.writeValueAsString(python.markers());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String pythonWithPip() throws IOException {
        for (String name : List.of("python3", "python", "py")) {
            Optional<String> found = onPath(name);
            if (found.isPresent() && quietly(List.of(found.get(), "-c", "import pip._internal.cli.main")) == 0) {
                return found.get();
            }
        }
        throw new ImageBuildException(
                "Neither uv nor pip is on the PATH, and one of them must fetch the packages for the image."
                        + " Install uv (https://docs.astral.sh/uv/), or Python with pip; or use a base image that has the packages, with"
                        + " an empty requirements file in <jib><requirements>.");
    }

    private Ended export(Path lock, Path to) throws IOException {
        boolean isUv = String.valueOf(lock.getFileName()).startsWith("uv");
        String name = isUv ? "uv" : "poetry";
        String tool = onPath(name)
                .orElseThrow(() -> new ImageBuildException(
                        ("%s can only be read by %s, which is not on the PATH. Install it, or export the lock and name the result:"
                                        + " %s > requirements.txt, <jib><requirements>requirements.txt</requirements>.")
                                .formatted(
                                        lock, name, isUv ? "uv export --no-dev --no-emit-project" : "poetry export")));
        Ended ended = run(
                name,
                lock.toAbsolutePath().resolveSibling(".").normalize(),
                isUv
                        ? List.of(
                                tool, "export", "--frozen", "--no-dev", "--no-emit-project", "-q", "-o", to.toString())
                        : List.of(tool, "export", "-f", "requirements.txt", "-o", to.toString()));
        if (ended.status() != 0
                && NO_EXPORT.matcher(String.join("\n", ended.lines())).find()) {
            throw new ImageBuildException(
                    ("%s can only be read by poetry's export plugin, which it does not have. Install it (poetry self add"
                                    + " poetry-plugin-export), or export the lock and name the result: poetry export > requirements.txt,"
                                    + " <jib><requirements>requirements.txt</requirements>.")
                            .formatted(lock));
        }
        return ended;
    }

    private Ended run(String tool, Path folder, List<String> command) throws IOException {
        Process process = process(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.getOutputStream().close();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String masked = withoutLogin(line).stripTrailing();
                lines.add(masked);
                log.output(masked);
            }
            return new Ended(tool, process.waitFor(), lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("Fetching the packages was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** The text with the logins of its addresses masked. */
    static String withoutLogin(String text) {
        return LOGIN.matcher(text).replaceAll("$1****@");
    }

    private int quietly(List<String> command) throws IOException {
        try {
            return process(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageBuildException("Looking for pip was interrupted.", e);
        }
    }

    private ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(MISLEADING);
        return builder;
    }

    private Optional<String> onPath(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            for (String suffix : List.of("", ".exe")) {
                Path file = Path.of(folder, name + suffix);
                if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                    return Optional.of(file.toString());
                }
            }
        }
        return Optional.empty();
    }
}
