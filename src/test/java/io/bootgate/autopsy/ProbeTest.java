package io.bootgate.autopsy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootgate.autopsy.Sight.Exit;
import io.bootgate.autopsy.Sight.Frame;
import io.bootgate.autopsy.Sight.ImportFailed;
import io.bootgate.autopsy.Sight.Raised;
import io.bootgate.autopsy.Sight.Stuck;
import io.bootgate.autopsy.Sight.VariableMissing;
import io.bootgate.autopsy.Sight.VariableRead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The observer in Python, on this machine's own Python and without a container. */
class ProbeTest {
    @TempDir
    Path folder;

    private final Map<String, String> env = new HashMap<>();

    private record Run(int code, String output, List<Sight> sights) {
        <S extends Sight> List<S> all(Class<S> type) {
            return sights.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    @BeforeEach
    void unpack() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs Python 3");
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(ProbeFiles.archive(false)))) {
            for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
                Path target = folder.resolve("bootgate").resolve(each.getName());
                if (each.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, tar.readAllBytes());
                }
            }
        }
    }

    @Test
    void everyMissingVariableIsNamedInOneRun() throws Exception {
        file("settings.py", """
                import os, sys
                A = os.environ["FIRST"]
                if not os.getenv("SECOND"):
                    sys.exit("no SECOND")
                THIRD = os.environ.get("THIRD")
                assert THIRD
                missing = [name for name in ("FOURTH", "FIFTH") if name not in os.environ]
                if missing:
                    raise RuntimeError("missing")
                NUMBER = int(os.getenv("SIXTH"))
                OPTIONAL = os.getenv("SEVENTH", "7")
                """);
        Run run = python("import settings\nprint('up')");
        assertThat(run.output()).contains("up");
        assertThat(run.all(VariableMissing.class))
                .extracting(VariableMissing::name)
                .containsExactly("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "SIXTH");
        assertThat(run.all(VariableMissing.class).get(1)).satisfies(second -> {
            assertThat(second.place().line()).isEqualTo(3);
            assertThat(second.escape().orElseThrow().how()).isEqualTo("sys.exit");
            assertThat(second.escape().orElseThrow().place().line()).isEqualTo(4);
        });
        assertThat(run.all(VariableMissing.class).get(5).type()).isEqualTo("int");
    }

    @Test
    void aVariableThatTheCodeCanDoWithoutIsLeftUnset() throws Exception {
        Run run = python("""
                import os
                try:
                    print(os.environ["ABSENT"])
                except KeyError:
                    print("caught")
                print(os.getenv("ABSENT"), os.environ.get("ABSENT", 5), "ABSENT" in os.environ, os.environ.pop("ABSENT", 1))
                """);
        assertThat(run.output().lines()).contains("caught", "None 5 False 1");
        assertThat(run.all(VariableMissing.class)).isEmpty();
        assertThat(run.all(VariableRead.class))
                .filteredOn(read -> read.name().equals("ABSENT"))
                .noneMatch(VariableRead::required);
    }

    @Test
    void aVariableWhoseValueIsUsedElsewhereIsFoundByAnotherAttempt() throws Exception {
        file("config.py", "import os\nSIZE = os.getenv('POOL')\nUNUSED = os.getenv('UNUSED')\n");
        Run run = python("import config\nprint('pool', int(config.SIZE))");
        assertThat(run.output()).contains("pool 1");
        assertThat(run.all(Sight.Remedied.class))
                .singleElement()
                .satisfies(remedy -> assertThat(remedy.variables()).containsExactly("POOL"));
    }

    @Test
    void valuesOfVariablesAreNeverTold() throws Exception {
        env.put("API_KEY", "hunter2-hunter2");
        Run run = python("import os\nprint(len(os.environ['API_KEY']))\nos.environ['OTHER']");
        assertThat(run.all(VariableRead.class)).anyMatch(read -> read.name().equals("API_KEY") && read.set());
        try (Stream<Path> told = Files.walk(folder.resolve("bootgate/out"))) {
            assertThat(told.filter(Files::isRegularFile))
                    .allSatisfy(each -> assertThat(Files.readString(each)).doesNotContain("hunter2"));
        }
    }

    @Test
    void everyMissingModuleIsNamedAndOptionalOnesAreToldApart() throws Exception {
        Run run = python("""
                import first_absent
                from second_absent.part import Thing
                try:
                    import third_absent
                except ImportError:
                    third_absent = None
                class Own(Thing):
                    pass
                @first_absent.decorated(5)
                def view():
                    return "view"
                print(view(), third_absent, Own())
                """);
        assertThat(run.output()).contains("view None");
        assertThat(run.all(ImportFailed.class))
                .filteredOn(failed -> !failed.optional())
                .extracting(ImportFailed::module)
                .containsExactly("first_absent", "second_absent");
        assertThat(run.all(ImportFailed.class))
                .filteredOn(ImportFailed::optional)
                .extracting(ImportFailed::module)
                .contains("third_absent");
    }

    @Test
    void theOriginOfEveryExitIsSeenAndTheBootGoesOn() throws Exception {
        file("library.py", """
                import os, sys
                def leave(how):
                    if how == 1:
                        sys.exit("first")
                    if how == 2:
                        os._exit(2)
                    if how == 3:
                        exit(3)
                """);
        Run run = python("""
                import library
                library.leave(1)
                library.leave(2)
                library.leave(3)
                print("still here")
                raise SystemExit(4)
                """);
        assertThat(run.output()).contains("still here");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.all(Exit.class))
                .extracting(Exit::how)
                .containsExactly("sys.exit", "os._exit", "exit", "SystemExit");
        assertThat(run.all(Exit.class).get(0).stack()).extracting(Frame::line).startsWith(4, 2);
    }

    @Test
    void aProgramEndsAsItWouldWithoutAnObserver() throws Exception {
        Run run = python("""
                import sys
                def main():
                    return 3
                if __name__ == "__main__":
                    sys.exit(main())
                """);
        assertThat(run.code()).isEqualTo(3);
        assertThat(python("print('fine')").code()).isZero();
        assertThat(python("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)")
                        .code())
                .isEqualTo(143);
    }

    @Test
    void anExceptionKeepsItsPlaceAndItsChain() throws Exception {
        file("broken.py", "try:\n    {}['x']\nexcept KeyError as e:\n    raise ValueError('no x') from e\n");
        Run run = python("import broken");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.all(Raised.class)).first().satisfies(raised -> {
            assertThat(raised.chain()).extracting(Sight.Thrown::type).containsExactly("ValueError", "KeyError");
            assertThat(raised.chain().get(1).stack().get(0).line()).isEqualTo(2);
        });
    }

    @Test
    void aHangIsToldWithItsPlace() throws Exception {
        file(
                "waits.py",
                "import socket\none, other = socket.socketpair()\none.settimeout(3)\ntry:\n    one.recv(1)\nexcept OSError:\n    pass\n");
        Run run = python("import waits");
        assertThat(run.all(Stuck.class))
                .last()
                .satisfies(stuck -> assertThat(stuck.place().line()).isEqualTo(5));
    }

    @Test
    void theImagesOwnSitecustomizeIsLoadedToo() throws Exception {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("sitecustomize.py"), "import builtins\nbuiltins.OWN = 'own'\n");
        env.put("PYTHONPATH", own.toString());
        Run run = python(
                "import sys\nprint(OWN, sys.modules['sitecustomize'].__file__, [p for p in sys.path if 'probe' in p])");
        assertThat(run.output()).contains("own " + own.resolve("sitecustomize.py") + " []");
    }

    @Test
    void anExitInAnExceptHandlerIsToldWithWhatItIsThereFor() throws Exception {
        Run run = python("""
                import os, sys
                try:
                    KEY = os.environ["KEY"]
                except KeyError:
                    print("no key")
                    sys.exit(1)
                try:
                    import absent
                except ImportError:
                    sys.exit("install it")
                print("up")
                """);
        assertThat(run.output()).contains("up");
        assertThat(run.all(VariableMissing.class))
                .singleElement()
                .satisfies(missing -> assertThat(
                                missing.escape().orElseThrow().place().line())
                        .isEqualTo(6));
        assertThat(run.all(ImportFailed.class))
                .last()
                .satisfies(failed ->
                        assertThat(failed.escape().orElseThrow().place().line()).isEqualTo(10));
    }

    @Test
    void aScriptThatSetsThePathAnewIsObservedAllTheSame() throws Exception {
        env.put("PYTHONUSERBASE", folder.resolve("bootgate/user").toString());
        env.put("BOOTGATE_TEST_PATH", "anew");
        Path home = folder.resolve("home");
        String version = IntStream.rangeClosed(6, 16)
                .mapToObj(minor -> "python3." + minor)
                .filter(name -> Files.isDirectory(Path.of("/usr/lib", name)))
                .findFirst()
                .orElseThrow();
        Files.writeString(
                Files.createDirectories(home.resolve(".local/lib/" + version + "/site-packages"))
                        .resolve("of_the_user.py"),
                "NAME = 'of the user'\n");
        env.put("HOME", home.toString());
        Run run = python("import of_the_user, os\nprint(of_the_user.NAME)\nos.environ['KEY']");
        assertThat(run.output()).contains("of the user");
        assertThat(run.all(VariableMissing.class)).hasSize(1);
    }

    @Test
    void anIsolatedPythonCannotBeObserved() throws Exception {
        Run run = run(List.of("-I"), "print('alone')");
        assertThat(run.output()).contains("alone");
        assertThat(run.sights()).isEmpty();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Run python(String text) throws Exception {
        return run(List.of(), text);
    }

    private Run run(List<String> options, String text) throws Exception {
        Path main = folder.resolve("main.py");
        Files.writeString(main, text);
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
        command.addAll(options);
        command.add(main.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        String path = folder.resolve("bootgate/probe").toString();
        builder.environment().putAll(env);
        boolean anew = env.containsKey("BOOTGATE_TEST_PATH");
        builder.environment()
                .put(
                        "PYTHONPATH",
                        anew ? "" : env.containsKey("PYTHONPATH") ? path + ":" + env.get("PYTHONPATH") : path);
        builder.environment().put("BOOTGATE_AUTOPSY", "on");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Map<String, byte[]> files = new HashMap<>();
        try (Stream<Path> told = Files.list(folder.resolve("bootgate/out"))) {
            for (Path each : told.filter(Files::isRegularFile).toList()) {
                files.put(each.getFileName().toString(), Files.readAllBytes(each));
            }
        }
        return new Run(
                process.exitValue(),
                Files.readString(folder.resolve("output"), StandardCharsets.UTF_8),
                new SightReader(UnaryOperator.identity()).read(files));
    }
}
