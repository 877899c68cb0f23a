package io.bootgate.autopsy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.autopsy.Sight.Owner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SightReaderTest {

    @Test
    void eventsOfAllProcessesAreReadInTheOrderInWhichTheyHappened() {
        List<Sight> sights = read(Map.of(
                "7.jsonl",
                "{\"kind\":\"start\",\"pid\":7,\"at\":10.0,\"python\":\"3.11.2\"}\n",
                "9.jsonl",
                "{\"kind\":\"exit\",\"pid\":9,\"at\":10.5,\"how\":\"sys.exit\",\"value\":\"secret words\","
                        + "\"stack\":[[\"/app/app.py\",2,\"<module>\",\"app\"],[\"/x/gunicorn/util.py\",3,\"f\",\"srv\"]],"
                        + "\"handling\":{},\"thread\":\"\",\"passed\":true}\n{\"kind\":\"read\",\"na"));
        assertThat(sights).hasSize(2);
        assertThat(sights.get(1)).isInstanceOfSatisfying(Sight.Exit.class, exit -> {
            assertThat(exit.at()).hasMillis(500);
            assertThat(exit.value()).contains("*** words");
            assertThat(exit.passedOver()).isTrue();
            assertThat(exit.handling()).isEmpty();
            assertThat(exit.thread()).isEmpty();
            assertThat(exit.stack()).extracting(Sight.Frame::owner).containsExactly(Owner.APP, Owner.SERVER);
        });
    }

    @Test
    void whatAContainerWritesInsteadIsPassedOver() {
        assertThat(read(Map.of(
                        "1.jsonl", "[]\nnull\n{\"kind\":5}\n{\"kind\":\"nosuch\"}\n\u0000\n",
                        "99999999999999999999.jsonl", "{\"kind\":\"exit\",\"stack\":[[1],5],\"handling\":3}",
                        "x.line", "no line",
                        "3.crash", "")))
                .allMatch(sight -> sight instanceof Sight.Exit);
    }

    @Test
    void theLastLineOfAKilledProcessIsRead() {
        assertThat(read(Map.of("12.line", "4 /app/app.py\nold rest\u0000\u0000")))
                .singleElement()
                .isInstanceOfSatisfying(Sight.LastLine.class, line -> {
                    assertThat(line.pid()).isEqualTo(12);
                    assertThat(line.place().file()).isEqualTo("/app/app.py");
                    assertThat(line.place().line()).isEqualTo(4);
                });
    }

    @Test
    void aCrashIsReadWithoutTheProbesOwnFrames() {
        String words = """
                Fatal Python error: Segmentation fault

                Current thread 0x00007f (most recent call first):
                  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at
                  File "/app/app.py", line 3 in crash
                  File "/.bootgate/probe/_bootgate_autopsy/modules.py", line 104 in exec_module
                """;
        assertThat(read(Map.of("8.crash", words)))
                .singleElement()
                .isInstanceOfSatisfying(Sight.Crashed.class, crash -> {
                    assertThat(crash.signal()).isEqualTo("Segmentation fault");
                    assertThat(crash.stack()).extracting(Sight.Frame::line).containsExactly(519, 3);
                });
    }

    private static List<Sight> read(Map<String, String> files) {
        Map<String, byte[]> bytes = new java.util.HashMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return new SightReader(text -> text.replace("secret", "***")).read(bytes);
    }
}
