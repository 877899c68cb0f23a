package io.bootgate.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.Secrets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What platforms print of a container's state, in JSON. */
class StateDocumentTest {
    private static List<Explanation> explain(String text) {
        ForeignLog log = new ForeignLog("log", Secrets.named(List.of()));
        text.lines().forEach(log::add);
        return log.explain(OptionalInt.empty());
    }

    private static String rootCause(Explanation explanation) {
        return explanation.causes().get(0).id();
    }

    @Test
    void theInstanceViewOfAzureTellsWhichContainerFailedAndWhy() {
        List<Explanation> all = explain("""
                {
                  "name": "shop",
                  "containers": [
                    {"name": "proxy", "instanceView": {
                      "currentState": {"state": "Running", "detailStatus": "", "exitCode": null},
                      "previousState": null, "restartCount": 0, "events": []}},
                    {"name": "web", "instanceView": {
                      "currentState": {"state": "Waiting", "detailStatus": "CrashLoopBackOff: Back-off restarting failed"},
                      "previousState": {"state": "Terminated", "exitCode": 1, "detailStatus": "Error"},
                      "restartCount": 3,
                      "events": [{"name": "Failed", "count": 4,
                        "message": "failed to create shim task: exec: \\"gunicorn\\": executable file not found in $PATH"}]}}
                  ]
                }
                """);

        assertThat(all).extracting(Explanation::name).containsExactly("web", "proxy");
        assertThat(rootCause(all.get(0))).isEqualTo("COMMAND_NOT_FOUND");
        assertThat(all.get(0).container().exitCode()).hasValue(1);
        assertThat(all.get(1).isFailure()).isFalse();
    }

    @Test
    void thePodsStateIsReadInYamlToo() {
        List<Explanation> all = explain("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: shop-6d4
                spec:
                  containers:
                  - name: web
                    image: shop:1
                status:
                  containerStatuses:
                  - name: web
                    restartCount: 4
                    state:
                      waiting:
                        reason: CrashLoopBackOff
                        message: back-off 40s restarting failed container
                    lastState:
                      terminated:
                        exitCode: 137
                        reason: OOMKilled
                """);

        assertThat(all).extracting(Explanation::name).containsExactly("web");
        assertThat(rootCause(all.get(0))).isEqualTo("OUT_OF_MEMORY");
    }

    @Test
    void aKillForMemoryIsToldByEachPlatform() {
        String azure = """
                {"currentState": {"state": "Terminated", "exitCode": 137, "detailStatus": "OOMKilled"}, "restartCount": 0}
                """;
        String kubernetes = """
                {"status": {"containerStatuses": [{"name": "web", "restartCount": 4,
                  "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                  "lastState": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]}}
                """;
        String docker = """
                [{"Name": "/web", "State": {"Status": "exited", "Running": false, "OOMKilled": true, "ExitCode": 137}}]
                """;

        assertThat(List.of(azure, kubernetes, docker))
                .allSatisfy(text -> assertThat(rootCause(explain(text).get(0))).isEqualTo("OUT_OF_MEMORY"));
        assertThat(explain(docker).get(0).name()).isEqualTo("web");
    }

    @Test
    void aPieceCopiedOutOfADocumentIsEnough() {
        String piece = """
                "instanceView": {
                  "currentState": {"state": "Terminated", "exitCode": 139, "detailStatus": "Error"}
                },
                """;

        assertThat(rootCause(explain(piece).get(0))).isEqualTo("NATIVE_CRASH");
    }

    @Test
    void aProgramThatEndedWellAndIsNotStartedAgainDidNotFail() {
        String once = "{\"currentState\": {\"state\": \"Terminated\", \"exitCode\": 0}, \"restartCount\": 0}";

        assertThat(explain(once).get(0).isFailure()).isFalse();
        assertThat(rootCause(explain(once.replace("\"restartCount\": 0", "\"restartCount\": 9"))
                        .get(0)))
                .isEqualTo("SERVER_NOT_STARTED");
    }

    @Test
    void aLogWhoseLinesAreJsonIsNoSuchDocument() {
        String line = "{\"level\": \"info\", \"message\": \"ready\"}\n";

        assertThat(explain(line + line).get(0).timeline().log()).hasSize(2);
    }
}
