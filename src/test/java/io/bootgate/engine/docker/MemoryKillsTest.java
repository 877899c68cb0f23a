package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {
    private static final String ID = "0123456789abcdef";

    @TempDir
    Path temp = Path.of("");

    @Test
    void findsTheCounterOfCgroupVersionOne() throws IOException {
        process("12:pids:/libpod_parent/libpod-" + ID, "4:memory:/libpod_parent/libpod-" + ID, "0::/");
        Path file = file("memory/libpod_parent/libpod-" + ID + "/memory.oom_control");

        assertThat(MemoryKills.counter(temp, temp.resolve("cgroup"), ID, 42)).hasValue(file);
    }

    @Test
    void findsTheCounterOfCgroupVersionTwo() throws IOException {
        process("0::/machine.slice/libpod-" + ID + ".scope/container");
        Path file = file("machine.slice/libpod-" + ID + ".scope/container/memory.events");

        assertThat(MemoryKills.counter(temp, temp.resolve("cgroup"), ID, 42)).hasValue(file);
    }

    @Test
    void aPidThatIsAnotherContainersHereCountsNothing() throws IOException {
        process("0::/machine.slice/libpod-another.scope");
        file("machine.slice/libpod-another.scope/memory.events");

        assertThat(MemoryKills.counter(temp, temp.resolve("cgroup"), ID, 42)).isEmpty();
        assertThat(MemoryKills.counter(temp, temp.resolve("cgroup"), ID, 43)).isEmpty();
    }

    @Test
    void countsKillsAndNotOtherEvents() {
        assertThat(MemoryKills.count(List.of("low 0", "max 12", "oom 3", "oom_kill 2", "oom_group_kill 1")))
                .isEqualTo(2);
        assertThat(MemoryKills.count(List.of("oom_kill_disable 0", "under_oom 0", "oom_kill 1")))
                .isEqualTo(1);
        assertThat(MemoryKills.count(List.of("oom_kill_disable 0", "under_oom 0")))
                .isZero();
    }

    private void process(String... memberships) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("42"));
        Files.write(folder.resolve("cgroup"), List.of(memberships));
    }

    private Path file(String path) throws IOException {
        Path file = temp.resolve("cgroup").resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "oom_kill 0\n");
    }
}
