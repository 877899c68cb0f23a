package io.bootgate.image.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.image.BuildOutcome.Failed;
import io.bootgate.image.ImageBuildException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real pip and uv of this machine, and wheels from a folder: no index is asked. */
class DependenciesTest {
    private static final String SITE = "opt/dependencies/lib/python3.11/site-packages/";

    @TempDir
    private Path folder;

    private Service service;
    private Path wheels;

    @BeforeEach
    void aServiceThatNeedsAServer() {
        wheels = folder.resolve("target/wheels");
        service = Service.in(folder).file("app.py", "app = object()\n").file("requirements.txt", "gunicorn==23.0\n");
        Wheel.pure("gunicorn", "23.0").script("gunicorn").in(wheels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void packagesLieInAFolderOfTheirOwnThatPythonAndTheShellFind(String tool) throws IOException {
        with(tool);
        service.built();

        assertThat(filesOf(service))
                .containsExactly(
                        "opt/dependencies/bin/gunicorn",
                        SITE + "gunicorn-23.0.dist-info/METADATA",
                        SITE + "gunicorn-23.0.dist-info/RECORD",
                        SITE + "gunicorn-23.0.dist-info/WHEEL",
                        SITE + "gunicorn-23.0.dist-info/entry_points.txt",
                        SITE + "gunicorn/__init__.py");
        assertThat(service.engine.image().text("opt/dependencies/bin/gunicorn").orElseThrow())
                .startsWith("#!/usr/bin/python3\nimport sys\nfrom gunicorn import main\n");
        assertThat(service.engine
                        .image()
                        .text(SITE + "gunicorn-23.0.dist-info/RECORD")
                        .orElseThrow())
                .startsWith("../../../bin/gunicorn,sha256=")
                .contains("\ngunicorn/__init__.py,sha256=")
                .contains("\ngunicorn-23.0.dist-info/RECORD,,\n");
        assertThat(service.engine.image().config().path("config").path("Env").toString())
                .contains("\"PATH=/opt/dependencies/bin:/usr/local/bin:/usr/bin:/bin\"")
                .contains("\"PYTHONPATH=/opt/dependencies/lib/python3.11/site-packages\"");
    }

    @Test
    void theImageIsTheSameWhicheverToolFetched(@TempDir Path other) {
        with("pip");
        Service twin =
                Service.in(other).file("app.py", "app = object()\n").file("requirements.txt", "gunicorn==23.0\n");
        twin.environment = environment("uv");

        assertThat(twin.built().id()).isEqualTo(service.built().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void wheelsAndMarkersAreThoseOfTheImageNotOfThisMachine(String tool) throws IOException {
        with(tool);
        Wheel.tagged("fast", "1.0", "cp311-cp311-manylinux_2_35_x86_64").in(wheels);
        Wheel.tagged("fast", "2.0", "cp311-cp311-manylinux_2_37_x86_64").in(wheels);
        Wheel.tagged("fast", "3.0", "cp39-cp39-manylinux_2_17_x86_64").in(wheels);
        Wheel.tagged("fast", "4.0", "cp311-cp311-win_amd64").in(wheels);
        Wheel.pure("old", "1.0").in(wheels);
        Wheel.pure("windows", "1.0").in(wheels);
        Wheel.pure("patched", "1.0").in(wheels);
        service.file(
                "requirements.txt",
                "fast\nold; python_version < '3.11'\nwindows; sys_platform == 'win32'\npatched; python_full_version < '3.11.3'\n");
        service.built();

        assertThat(filesOf(service))
                .contains(SITE + "fast-1.0.dist-info/METADATA", SITE + "patched-1.0.dist-info/METADATA")
                .noneMatch(path -> path.contains("/old") || path.contains("/windows"));
    }

    @Test
    void theSameRequirementsAreNotFetchedAgain() {
        with("pip");
        service.built();
        service.environment = Map.of();
        service.file("app.py", "app = object()\n# changed\n").built();

        assertThat(service.log).contains("Dependencies of requirements.txt: from the cache");
    }

    @Test
    void aChangedFileThatIsIncludedIsFetchedAgain() throws IOException {
        with("pip");
        Wheel.pure("extra", "1.0").in(wheels);
        service.file("requirements.txt", "-r deploy/base.txt\n").file("deploy/base.txt", "gunicorn\n");
        service.built();
        assertThat(filesOf(service)).noneMatch(path -> path.contains("/extra"));

        service.file("deploy/base.txt", "gunicorn\nextra\n").built();

        assertThat(filesOf(service)).contains(SITE + "extra/__init__.py");
    }

    @Test
    void aProjectTableIsReadWhereThereIsNoRequirementsFile() throws IOException {
        with("pip");
        Files.delete(folder.resolve("requirements.txt"));
        service.file(
                "pyproject.toml", "[project]\nname = 'orders'\nversion = '1'\ndependencies = ['gunicorn==23.0']\n");
        service.built();

        assertThat(filesOf(service)).contains(SITE + "gunicorn/__init__.py");
    }

    @Test
    void pathFilesOfPackagesAreProcessed() throws IOException {
        with("pip");
        Wheel.pure("hooked", "1.0").file("hooked.pth", "import hooked\n").in(wheels);
        service.file("requirements.txt", "hooked\n").built();

        assertThat(service.engine.image().text(SITE + "sitecustomize.py").orElseThrow())
                .contains("site.addsitedir(\"/opt/dependencies/lib/python3.11/site-packages\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void aPackageWithoutAWheelForTheImageIsNamedWithItsLine(String tool) {
        with(tool);
        Wheel.tagged("fast", "1.0", "cp311-cp311-win_amd64").in(wheels);
        service.file("requirements.txt", "gunicorn\nfast==1.0\n");

        Failed failed = (Failed) service.outcome();

        assertThat(failed.builder()).isEqualTo("jib");
        assertThat(failed.file()).isEqualTo("requirements.txt");
        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason())
                .startsWith("There is no wheel of fast==1.0 for Python 3.11 on linux/amd64 (glibc 2.36)");
        assertThat(failed.fix().orElseThrow()).contains("Dockerfile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void aHashThatDoesNotMatchIsTold(String tool) {
        with(tool);
        service.file("requirements.txt", "# pinned\ngunicorn==23.0 --hash=sha256:" + "0".repeat(64) + "\n");

        Failed failed = (Failed) service.outcome();

        assertThat(failed.reason()).isEqualTo("The hash of gunicorn==23.0 does not match the one in requirements.txt.");
        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.fix().orElseThrow()).contains("--generate-hashes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void aLineThatIsNoRequirementIsTold(String tool) {
        with(tool);
        service.file("requirements.txt", "gunicorn=23\n");

        assertThat(((Failed) service.outcome()).reason())
                .isEqualTo("\"gunicorn=23\" in requirements.txt is not a requirement.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void requirementsThatContradictEachOtherAreTold(String tool) {
        with(tool);
        Wheel.pure("flask", "3.0").needs("werkzeug>=3").in(wheels);
        Wheel.pure("werkzeug", "3.0").in(wheels);
        Wheel.pure("werkzeug", "1.0").in(wheels);
        service.file("requirements.txt", "flask==3.0\nwerkzeug==1.0\n");

        Failed failed = (Failed) service.outcome();

        assertThat(failed.reason()).contains("flask").contains("werkzeug==1.0");
        assertThat(failed.line()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pip", "uv"})
    void anIndexThatCannotBeReachedIsNoFaultOfTheProject(String tool) {
        Map<String, String> environment = environment(tool);
        environment.keySet().removeAll(Set.of("PIP_NO_INDEX", "UV_NO_INDEX"));
        environment.put("PIP_INDEX_URL", "http://user:hunter2@127.0.0.1:9/simple");
        environment.put("UV_DEFAULT_INDEX", "http://user:hunter2@127.0.0.1:9/simple");
        environment.put("PIP_RETRIES", "1");
        environment.put("UV_HTTP_RETRIES", "0");
        service.environment = environment;
        service.file("requirements.txt", "nowhere-to-be-found==1\n");

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("The package index http://")
                .hasMessageContaining("127.0.0.1:9/simple")
                .hasMessageContaining("cannot be reached by " + tool)
                .hasMessageNotContaining("hunter2");
        assertThat(service.log).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void withoutUvAndPipItSaysWhatToInstall() {
        service.environment = Map.of("PATH", folder.toString());

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageStartingWith("Neither uv nor pip is on the PATH")
                .hasMessageContaining("Install uv");
    }

    @Test
    void offlineWithoutACacheItSaysWhatIsMissing() {
        service.offline = true;

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessage("The packages of requirements.txt are not in the cache, and this build is offline (-o)."
                        + " Build once without -o.");
    }

    @Test
    void aLockIsLeftToItsOwnTool() throws IOException {
        Files.delete(folder.resolve("requirements.txt"));
        service.file("poetry.lock", "");
        service.environment = Map.of("PATH", folder.toString());

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("poetry.lock can only be read by poetry")
                .hasMessageContaining("poetry export");
    }

    @Test
    void theProjectItselfIsNoRequirementOfIt() {
        service.file("requirements.txt", "gunicorn\n-e .\n");

        Failed failed = (Failed) service.outcome();

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).contains("\"-e .\" is a folder of this machine");
    }

    @Test
    void aRepositoryIsNoWheelAndItsLoginIsNotTold() {
        service.file("requirements.txt", "gunicorn\nshop @ git+https://bob:hunter2@git.example.org/shop.git@v1\n");

        Failed failed = (Failed) service.outcome();

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).contains("is a repository of sources").doesNotContain("hunter2");
        assertThat(failed.instruction().orElseThrow()).doesNotContain("hunter2");
    }

    @Test
    void poetryWithoutItsExportPluginIsTold() throws IOException {
        Files.delete(folder.resolve("requirements.txt"));
        service.file("poetry.lock", "")
                .file("target/fake/poetry", "#!/bin/sh\necho 'The requested command export does not exist.'\nexit 1\n");
        assertThat(folder.resolve("target/fake/poetry").toFile().setExecutable(true))
                .isTrue();
        service.environment = Map.of("PATH", folder.resolve("target/fake") + ":/usr/bin:/bin");

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("poetry self add poetry-plugin-export");
    }

    @Test
    void aBaseWithoutThePythonThatWasAskedForIsTold() {
        service.python = Optional.of("3.9");

        assertThatThrownBy(service::outcome)
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("has no Python 3.9, but 3.11 at /usr/bin/python3. Correct");
    }

    private void with(String tool) {
        service.environment = environment(tool);
    }

    /** This machine's, with one of the tools only. */
    private Map<String, String> environment(String tool) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        Path only = folder.resolve("target/tools-" + tool);
        String found = find(tool.equals("pip") ? "python3" : "uv");
        assumeTrue(!found.isEmpty(), tool + " is not on the PATH");
        try {
            Files.createDirectories(only);
            Path link = only.resolve(tool.equals("pip") ? "python3" : "uv");
            if (!Files.exists(link)) {
                Files.writeString(
                        link, "#!/bin/sh\nPATH='" + System.getenv("PATH") + "' exec '" + found + "' \"$@\"\n");
                assertThat(link.toFile().setExecutable(true)).isTrue();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        environment.put("PATH", only.toString());
        environment.put("PIP_NO_INDEX", "1");
        environment.put("UV_NO_INDEX", "1");
        environment.put("PIP_FIND_LINKS", wheels.toString());
        environment.put("UV_FIND_LINKS", wheels.toString());
        environment.put("UV_CACHE_DIR", folder.resolve("target/uv").toString());
        return environment;
    }

    private static String find(String program) {
        for (String path : List.of(System.getenv("PATH").split(File.pathSeparator, -1))) {
            if (Files.isExecutable(Path.of(path, program))) {
                return Path.of(path, program).toString();
            }
        }
        return "";
    }

    private static Set<String> filesOf(Service service) throws IOException {
        Set<String> files = new TreeSet<>();
        for (TarArchiveEntry entry : service.engine.image().layers().get(1).values()) {
            if (entry.isFile()) {
                files.add(entry.getName());
            }
        }
        return files;
    }
}
