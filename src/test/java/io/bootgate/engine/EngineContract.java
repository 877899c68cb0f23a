package io.bootgate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.engine.Container.StartOutcome;
import io.bootgate.engine.Container.StartOutcome.Refused;
import io.bootgate.engine.Container.StartOutcome.Started;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every engine adapter must do, with real containers. */
public abstract class EngineContract {
    /** An image with {@code sh} and {@code python3}; the tests' scripts build it. */
    protected static final String BASE = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    private static final long MIB = 1024 * 1024;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The engine under test; the subclass closes it. */
    protected abstract ContainerEngine engine();

    @AfterEach
    void removeContainers() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void saysWhichEngineItIs() {
        EngineInfo info = engine().info();

        assertThat(info.version()).matches("\\d+\\.\\d+.*");
        assertThat(info.api()).matches("1\\.\\d+");
        assertThat(info.architecture()).isIn("amd64", "arm64");
    }

    @Test
    void tellsWhatAnImageSays() {
        ImageFacts facts = engine().image(BASE).orElseThrow();

        assertThat(facts.id()).contains("sha256:");
        assertThat(facts.os()).isEqualTo("linux");
        assertThat(facts.env()).containsKey("PATH");
        assertThat(facts.workdir()).startsWith("/");
        assertThat(engine().image("bootgate-no-such/image:1")).isEmpty();
    }

    @Test
    void saysWhenAnImageCannotBePulled() {
        assertThatThrownBy(() -> engine().pull("localhost:9/bootgate-no-such/image:1", Optional.empty(), line -> {}))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("localhost:9/bootgate-no-such/image:1")
                .hasMessageContaining("could not be reached");
    }

    @Test
    void saysWhenTheImageToBootIsAbsent() {
        assertThatThrownBy(() -> engine().create(ContainerSpec.of("bootgate-no-such/image:1")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("bootgate-no-such/image:1");
    }

    @Test
    void tellsStartLogAndExitInOrder() throws Exception {
        Container container = shell("echo one; echo two >&2; exit 7");
        Heard heard = started(container);

        heard.untilExitAndLogEnd();

        assertThat(heard.exitCode()).hasValue(7);
        assertThat(heard.text(LogStream.STDOUT)).isEqualTo("one\n");
        assertThat(heard.text(LogStream.STDERR)).isEqualTo("two\n");
        assertThat(heard.order().get(0)).isEqualTo("started");
        assertThat(heard.ends()).isEqualTo(1);
        assertThat(heard.exits()).hasSize(1);
        assertThat(heard.lost()).isEmpty();
        assertThat(container.state().running()).isFalse();
        assertThat(container.state().exitCode()).isEqualTo(7);
        assertThat(container.state().outOfMemory()).isFalse();
    }

    @Test
    void timesAreTheEnginesAndInOrder() throws Exception {
        Instant before = engine().now();
        Container container = shell("echo one; sleep 0.3; echo two");
        Heard heard = started(container).untilExitAndLogEnd();
        Instant after = engine().now();

        Instant startedAt = heard.startedAt().orElseThrow();
        Instant one = heard.pieces().get(0).at();
        Instant two = heard.pieces().get(1).at();
        assertThat(startedAt).isBetween(before.minusMillis(5), after);
        assertThat(Duration.between(one, two)).isBetween(Duration.ofMillis(200), Duration.ofMillis(900));
        // Where the engine stamps no lines, their time is that of their arrival: a loaded machine may read the last one
        // late.
        assertThat(heard.exits().get(0).at()).isBetween(one.plusMillis(200), after);
    }

    @Test
    void aReadOnlyRootLeavesNothingToWriteTo() throws Exception {
        Container container = create(spec().with(List.of(
                        "sh",
                        "-c",
                        "for f in /tmp /var/tmp /run /srv; do touch $f/x && echo wrote to $f; done; echo tried"))
                .readOnly());

        assertThat(started(container).untilExitAndLogEnd().text())
                .contains("tried")
                .doesNotContain("wrote to");
    }

    @Test
    void losesNothingOfAContainerThatEndsAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            Heard heard = started(shell("echo done; exit 3")).untilExitAndLogEnd();

            assertThat(heard.text()).isEqualTo("done\n");
            assertThat(heard.exitCode()).hasValue(3);
        }
    }

    @Test
    void handsOverALineOfOneMegabyte() throws Exception {
        Heard heard = started(python("print('x' * 1048576)")).untilExitAndLogEnd();

        byte[] log = heard.bytes(LogStream.STDOUT);
        assertThat(log).hasSize(1048577);
        assertThat(log[1048576]).isEqualTo((byte) '\n');
        assertThat(heard.pieces().subList(0, heard.pieces().size() - 1))
                .noneMatch(piece -> piece.text().contains("\n"));
    }

    @Test
    void handsOverALastLineThatHasNoEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            Heard heard =
                    started(shell("echo one; printf two; printf three >&2")).untilExitAndLogEnd();

            assertThat(heard.text(LogStream.STDOUT)).isEqualTo("one\ntwo");
            assertThat(heard.text(LogStream.STDERR)).isEqualTo("three");
        }
    }

    @Test
    void handsOverBytesThatAreNotUtf8() throws Exception {
        Heard heard =
                started(python("import os; os.write(2, b'caf\\xe9 \\x00.\\n')")).untilExitAndLogEnd();

        // Docker's log file keeps text: what is not UTF-8 is replaced in it already.
        assertThat(new String(heard.bytes(LogStream.STDERR), StandardCharsets.ISO_8859_1))
                .isIn("caf\u00e9 \0.\n", "caf\u00ef\u00bf\u00bd \0.\n");
    }

    @Test
    void keepsUpWithALongLog() throws Exception {
        Heard heard = started(shell("seq 1 200000")).untilExitAndLogEnd();

        String log = heard.text(LogStream.STDOUT);
        assertThat(log).startsWith("1\n2\n").endsWith("\n199999\n200000\n");
        assertThat(log.lines().count()).isEqualTo(200_000);
    }

    @Test
    void aCommandThatIsNotThereIsRefused() {
        Container container = create(spec().with(List.of("/no/such/command")));

        Refused refused = refused(container);

        assertThat(refused.exitCode()).isIn(127, 0);
        assertThat(refused.message()).contains("/no/such/command").containsAnyOf("not found", "no such file");
    }

    @Test
    void aCommandThatMayNotBeRunIsRefused() {
        Container container = create(spec().with(List.of("/etc/passwd")));

        Refused refused = refused(container);

        assertThat(refused.exitCode()).isIn(126, 127, 0);
        assertThat(refused.message()).containsIgnoringCase("permission denied");
    }

    @Test
    void aUserWhoIsNotInTheImageIsRefused() {
        Container container = create(spec().with(List.of("true")).user("nobody-here"));

        assertThat(refused(container).message()).containsIgnoringCase("nobody-here");
    }

    @Test
    void nothingIsToldOfAContainerThatNeverStarted() throws Exception {
        Container container = create(spec().with(List.of("/no/such/command")));
        Heard heard = new Heard();
        container.listen(heard);

        assertThat(container.start()).isInstanceOf(Refused.class);

        container.close();
        assertThat(heard.order()).isEmpty();
    }

    @Test
    void tellsThatTheMainProcessWasKilledForMemory() throws Exception {
        Container container = create(spec().with(List.of("python3", "-c", "x = bytearray(200 * 1048576)"))
                .memory(40 * MIB));
        Heard heard = started(container).untilExitAndLogEnd();

        assertThat(heard.exitCode()).hasValue(137);
        assertThat(heard.memoryKills()).isPositive();
        assertThat(heard.order().indexOf("outOfMemory"))
                .isLessThan(heard.order().indexOf("exited"));
        assertThat(container.state().outOfMemory()).isTrue();
    }

    @Test
    void tellsThatAChildWasKilledForMemoryWhileTheMainProcessLives() throws Exception {
        Container container = create(spec().with(List.of(
                        "sh", "-c", "python3 -c 'x = bytearray(200 * 1048576)'; echo child ended with $?; sleep 60"))
                .memory(40 * MIB));
        Heard heard = started(container).untilLogged("child ended with 137");

        heard.until("an out-of-memory event", told -> told.memoryKills() > 0);
        assertThat(heard.exits()).isEmpty();
        assertThat(container.state().outOfMemory()).isTrue();
    }

    @Test
    void aProcessThatKillsItselfIsNotOutOfMemory() throws Exception {
        Container container = create(spec().with(List.of(
                        "python3",
                        "-c",
                        "import os; os.kill(os.fork() or os.getpid(), 9); import time; time.sleep(0.5); os._exit(137)"))
                .memory(100 * MIB));
        Heard heard = started(container).untilExitAndLogEnd();

        assertThat(heard.exitCode()).hasValue(137);
        assertThat(heard.memoryKills()).isZero();
        assertThat(container.state().outOfMemory()).isFalse();
    }

    @Test
    void measuresMemoryAgainstTheLimit() throws Exception {
        Container container = create(spec().with(List.of("sleep", "60")).memory(64 * MIB));
        Heard heard =
                started(container).until("a measure", told -> !told.memory().isEmpty());

        assertThat(heard.memory().get(0).limit()).isEqualTo(64 * MIB);
        assertThat(heard.memory().get(0).used()).isBetween(1L, 64 * MIB);
    }

    @Test
    void aPublishedPortIsReachedOnLoopback() throws Exception {
        Container container = create(
                spec().with(List.of("python3", "-m", "http.server", "8123")).port(8123));
        started(container).until("start", heard -> heard.startedAt().isPresent());

        Map<Integer, InetSocketAddress> ports = container.publishedPorts();

        InetSocketAddress address = Optional.ofNullable(ports.get(8123)).orElseThrow();
        assertThat(address.getAddress().isLoopbackAddress()).isTrue();
        assertThat(statusLine(address)).startsWith("HTTP/1.0 200");
    }

    private static String statusLine(InetSocketAddress address) throws Exception {
        IOException last = new IOException("never tried");
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
                if (!answer.isEmpty()) {
                    return answer;
                }
            } catch (IOException e) {
                last = e;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw last;
    }

    @Test
    void listsProcessesWithTheirParents() throws Exception {
        Container container = shell("sleep 61 & sleep 62 & wait");
        started(container);

        List<String> children = List.of();
        for (int i = 0; i < 100 && !children.equals(List.of("sleep 61", "sleep 62")); i++) {
            LockSupport.parkNanos(50_000_000);
            List<Container.ProcessRow> rows = container.processes();
            int shell = rows.stream()
                    .filter(row -> row.command().contains("wait"))
                    .mapToInt(Container.ProcessRow::pid)
                    .min()
                    .orElse(-1);
            children = rows.stream()
                    .filter(row -> row.parent() == shell)
                    .map(Container.ProcessRow::command)
                    .sorted()
                    .toList();
        }

        assertThat(children).containsExactly("sleep 61", "sleep 62");
    }

    @Test
    void hasNoProcessesBeforeTheStartAndAfterTheEnd() throws Exception {
        Container container = shell("true");
        assertThat(container.processes()).isEmpty();

        started(container).untilExitAndLogEnd();

        assertThat(container.processes()).isEmpty();
    }

    @Test
    void runsACommandInside() throws Exception {
        Container container = create(spec().with(List.of("sleep", "60")).env(Map.of("COLOUR", "green")));
        started(container);
        Duration patience = Duration.ofSeconds(20);

        Container.ExecOutcome outcome =
                container.exec(List.of("sh", "-c", "echo $COLOUR; echo oops >&2; exit 5"), patience);

        assertThat(outcome.exitCode()).isEqualTo(5);
        assertThat(outcome.output()).contains("green").contains("oops");
        assertThat(outcome.timedOut()).isFalse();
        assertThat(container.exec(List.of("/no/such/command"), patience).exitCode())
                .isIn(126, 127);
        assertThat(container.exec(List.of("/etc/passwd"), patience).exitCode()).isEqualTo(126);
    }

    @Test
    void givesACommandUpThatTakesTooLong() {
        Container container = create(spec().with(List.of("sleep", "60")));
        container.start();

        Container.ExecOutcome outcome =
                container.exec(List.of("sh", "-c", "echo begun; sleep 50"), Duration.ofSeconds(2));

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.output()).contains("begun");
    }

    @Test
    void readsFilesBeforeTheStartAndAfterTheEnd() throws Exception {
        Container container = shell("mkdir -p /d/e && echo inside > /d/e/f && ln -s ../d/e/f /d/g && ln -s /d/g /h");
        assertThat(container.readFile("/etc/passwd", 10_000).orElseThrow()).contains("root:x:0:0");
        assertThat(container.readFile("/etc/os-release", 10_000).orElseThrow()).contains("ID=");
        assertThat(container.readFile("/d/e/f", 100)).isEmpty();

        started(container).untilExitAndLogEnd();

        assertThat(container.readFile("/d/e/f", 100)).hasValue("inside\n");
        assertThat(container.readFile("/h", 3)).hasValue("ins");
        assertThat(container.readFile("/d", 100)).isEmpty();
        assertThat(container.readFile("/no/such/file", 100)).isEmpty();
    }

    @Test
    void appliesWhatTheSpecSays() throws Exception {
        Container container = create(spec().with(
                        List.of(
                                "sh",
                                "-c",
                                "id -u; pwd; cat /proc/sys/net/ipv4/ip_unprivileged_port_start; touch /x 2>&1; touch /scratch/y"
                                        + " && echo scratched; cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null"))
                .user("1234")
                .workdir("/tmp")
                .readOnlyWithTmpfs("/scratch")
                .pids(77)
                .cpus(500)
                .sysctls(Map.of("net.ipv4.ip_unprivileged_port_start", "81")));
        Heard heard = started(container).untilExitAndLogEnd();

        assertThat(heard.text())
                .startsWith("1234\n/tmp\n81\n")
                .containsIgnoringCase("read-only file system")
                .contains("scratched")
                .contains("77");
    }

    @Test
    void anEntrypointReplacesTheImagesCommandToo() throws Exception {
        Container container = create(spec().entrypoint(List.of("echo", "only me")));

        assertThat(started(container).untilExitAndLogEnd().text()).isEqualTo("only me\n");
    }

    @Test
    void closingRemovesARunningContainerAndItsVolumes() throws Exception {
        Container container = create(spec().with(List.of("sleep", "60")));
        Heard heard = started(container);

        container.close();
        container.close();

        assertThatThrownBy(container::state).isInstanceOf(EngineException.class);
        assertThat(heard.lost()).isEmpty();
        assertThat(heard.exits()).isEmpty();
    }

    @Test
    void aContainerThatIsStoppedFromOutsideIsNoResult() throws Exception {
        Container container = create(spec().with(List.of("sleep", "60")));
        Heard heard = started(container);

        killFromOutside(container.id());

        heard.until("lost", told -> !told.lost().isEmpty());
        assertThat(heard.lost().get(0)).contains("from outside");
        assertThat(heard.exits()).isEmpty();
    }

    @Test
    void closingTheEngineRemovesAllOfItsContainersAndEndsItsThreads() throws Exception {
        Set<Thread> before = threads();
        List<String> ids = new ArrayList<>();
        try (ContainerEngine another = another()) {
            for (int i = 0; i < 3; i++) {
                Container container =
                        another.create(spec().with(List.of("sleep", "60")).spec());
                started(container);
                ids.add(container.id());
            }
            assertThat(ids).allMatch(this::exists);
        }

        assertThat(ids).noneMatch(this::exists);
        for (int i = 0; i < 100 && !before.containsAll(threads()); i++) {
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(threads()).isSubsetOf(before);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("bootgate")
                        || thread.getName().startsWith("docker-java"))
                .collect(Collectors.toSet());
    }

    @Test
    void aClosedEngineSaysSo() {
        ContainerEngine another = another();
        another.close();
        another.close();

        assertThatThrownBy(() -> another.create(spec().spec()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("closed");
    }

    /** One more session on the same engine. */
    protected abstract ContainerEngine another();

    /** Whether the engine knows a container of this id. */
    protected abstract boolean exists(String id);

    /** Sends SIGTERM's harder sister through the engine, as somebody else would. */
    protected abstract void killFromOutside(String id);

    protected Container shell(String script) {
        return create(spec().with(List.of("sh", "-c", script)));
    }

    private Container python(String script) {
        return create(spec().with(List.of("python3", "-c", script)));
    }

    protected Container create(Recipe recipe) {
        Container container = engine().create(recipe.spec());
        opened.add(container);
        return container;
    }

    protected Heard started(Container container) {
        Heard heard = new Heard();
        container.listen(heard);
        assertThat(container.start()).isInstanceOf(Started.class);
        return heard;
    }

    private static Refused refused(Container container) {
        StartOutcome outcome = container.start();
        assertThat(outcome).isInstanceOf(Refused.class);
        return (Refused) outcome;
    }

    protected static Recipe spec() {
        return new Recipe(ContainerSpec.of(BASE));
    }

    /** A spec with one thing changed at a time. */
    protected record Recipe(ContainerSpec spec) {
        public Recipe with(List<String> command) {
            return change(Optional.empty(), Optional.of(command), spec.user(), spec.workdir(), spec.env());
        }

        Recipe entrypoint(List<String> entrypoint) {
            return change(Optional.of(entrypoint), Optional.empty(), spec.user(), spec.workdir(), spec.env());
        }

        Recipe env(Map<String, String> env) {
            return change(spec.entrypoint(), spec.command(), spec.user(), spec.workdir(), env);
        }

        Recipe user(String user) {
            return change(spec.entrypoint(), spec.command(), Optional.of(user), spec.workdir(), spec.env());
        }

        Recipe workdir(String workdir) {
            return change(spec.entrypoint(), spec.command(), spec.user(), Optional.of(workdir), spec.env());
        }

        private Recipe change(
                Optional<List<String>> entrypoint,
                Optional<List<String>> command,
                Optional<String> user,
                Optional<String> workdir,
                Map<String, String> env) {
            return new Recipe(new ContainerSpec(
                    spec.image(),
                    spec.name(),
                    entrypoint,
                    command,
                    env,
                    user,
                    workdir,
                    spec.ports(),
                    spec.milliCpus(),
                    spec.memoryBytes(),
                    spec.pids(),
                    spec.readOnly(),
                    spec.tmpfs(),
                    spec.sysctls(),
                    spec.network(),
                    spec.platform()));
        }

        private Recipe limit(
                List<Integer> ports,
                OptionalLong cpus,
                OptionalLong memory,
                OptionalLong pids,
                List<String> tmpfs,
                Map<String, String> sysctls) {
            return new Recipe(new ContainerSpec(
                    spec.image(),
                    spec.name(),
                    spec.entrypoint(),
                    spec.command(),
                    spec.env(),
                    spec.user(),
                    spec.workdir(),
                    ports,
                    cpus,
                    memory,
                    pids,
                    !tmpfs.isEmpty(),
                    tmpfs,
                    sysctls,
                    spec.network(),
                    spec.platform()));
        }

        public Recipe port(int port) {
            return limit(
                    List.of(port), spec.milliCpus(), spec.memoryBytes(), spec.pids(), spec.tmpfs(), spec.sysctls());
        }

        public Recipe memory(long bytes) {
            return limit(
                    spec.ports(), spec.milliCpus(), OptionalLong.of(bytes), spec.pids(), spec.tmpfs(), spec.sysctls());
        }

        Recipe cpus(long milliCpus) {
            return limit(
                    spec.ports(),
                    OptionalLong.of(milliCpus),
                    spec.memoryBytes(),
                    spec.pids(),
                    spec.tmpfs(),
                    spec.sysctls());
        }

        Recipe pids(long pids) {
            return limit(
                    spec.ports(),
                    spec.milliCpus(),
                    spec.memoryBytes(),
                    OptionalLong.of(pids),
                    spec.tmpfs(),
                    spec.sysctls());
        }

        public Recipe readOnly() {
            return new Recipe(new ContainerSpec(
                    spec.image(),
                    spec.name(),
                    spec.entrypoint(),
                    spec.command(),
                    spec.env(),
                    spec.user(),
                    spec.workdir(),
                    spec.ports(),
                    spec.milliCpus(),
                    spec.memoryBytes(),
                    spec.pids(),
                    true,
                    spec.tmpfs(),
                    spec.sysctls(),
                    spec.network(),
                    spec.platform()));
        }

        Recipe readOnlyWithTmpfs(String path) {
            return limit(
                    spec.ports(), spec.milliCpus(), spec.memoryBytes(), spec.pids(), List.of(path), spec.sysctls());
        }

        Recipe sysctls(Map<String, String> sysctls) {
            return limit(spec.ports(), spec.milliCpus(), spec.memoryBytes(), spec.pids(), spec.tmpfs(), sysctls);
        }
    }
}
