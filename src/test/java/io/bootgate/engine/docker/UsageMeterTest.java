package io.bootgate.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.engine.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageMeterTest {
    private static final String ID = "6803d808189c3bc72ace8c87aed0e5c2";

    @TempDir
    Path temp = Path.of("");

    private void write(String file, String text) throws IOException {
        Path path = temp.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private UsageMeter meter(String... memberships) throws IOException {
        write("proc/42/cgroup", String.join("\n", memberships));
        return new UsageMeter(ControlGroup.of(temp.resolve("proc"), temp.resolve("cgroup"), ID, 42));
    }

    @Test
    void versionOneHasAFolderPerController() throws IOException {
        String group = "/docker/" + ID;
        write("cgroup/memory" + group + "/memory.usage_in_bytes", "100000000\n");
        write("cgroup/memory" + group + "/memory.max_usage_in_bytes", "190000000\n");
        write(
                "cgroup/memory" + group + "/memory.stat",
                "inactive_file 1\ntotal_inactive_file 30000000\ntotal_active_file 10000000\nhierarchical_memory_limit 9223372036854771712\n");
        write("cgroup/cpu,cpuacct" + group + "/cpuacct.usage", "730000000\n");
        write("cgroup/cpu,cpuacct" + group + "/cpu.stat", "nr_periods 9\nnr_throttled 2\nthrottled_time 150000000\n");
        UsageMeter meter = meter("4:memory:" + group, "2:cpu,cpuacct:" + group, "0::" + group);
        meter.look();
        // The kernel's peak of 190 MB, of which no more than 40 MB were cache.
        assertThat(meter.usage())
                .isEqualTo(new Usage(
                        OptionalLong.of(150_000_000),
                        java.util.Optional.of(Duration.ofMillis(730)),
                        java.util.Optional.of(Duration.ofMillis(150))));
    }

    @Test
    void versionTwoHasOneFolderAndOlderKernelsNoPeak() throws IOException {
        String group = "/machine.slice/libpod-" + ID + ".scope/container";
        write("cgroup" + group + "/memory.current", "100000000\n");
        write("cgroup" + group + "/memory.stat", "anon 1\ninactive_file 30000000\nactive_file 10000000\n");
        write(
                "cgroup" + group + "/cpu.stat",
                "usage_usec 730000\nnr_periods 9\nnr_throttled 2\nthrottled_usec 150000\n");
        UsageMeter meter = meter("0::" + group);
        meter.look();
        write("cgroup" + group + "/memory.current", "70000000\n");
        meter.look();
        assertThat(meter.usage().peakMemoryBytes()).hasValue(60_000_000);
        assertThat(meter.usage().cpu()).contains(Duration.ofMillis(730));
        assertThat(meter.usage().throttled()).contains(Duration.ofMillis(150));
    }

    @Test
    void aGroupThatIsGoneLeavesTheAccountAsItWas() throws IOException {
        String group = "/docker/" + ID;
        write("cgroup/memory" + group + "/memory.usage_in_bytes", "100\n");
        write("cgroup/memory" + group + "/memory.stat", "");
        UsageMeter meter = meter("4:memory:" + group);
        meter.look();
        Files.delete(temp.resolve("cgroup/memory" + group + "/memory.usage_in_bytes"));
        meter.look();
        assertThat(meter.usage().peakMemoryBytes()).hasValue(100);
        assertThat(meter.usage().cpu()).isEmpty();
    }

    @Test
    void whereTheKernelCannotBeAskedTheEnginesSamplesCount() throws IOException {
        assertThat(meter("4:memory:/docker/another").usage()).isEqualTo(Usage.UNKNOWN);
        UsageMeter meter = new UsageMeter(new ControlGroup(List.of()));
        meter.look();
        meter.sampled(500, 30, -1);
        meter.sampled(400, 40, -1);
        assertThat(meter.usage().peakMemoryBytes()).hasValue(500);
        assertThat(meter.usage().cpu()).contains(Duration.ofNanos(40));
        assertThat(meter.usage().throttled()).isEmpty();
    }
}
