package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.BootState;
import io.bootgate.judge.Policy;
import io.bootgate.judge.Verdict;
import io.bootgate.report.TimelineFile;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.Created;
import io.bootgate.timeline.Group;
import io.bootgate.timeline.Group.Neighbour;
import io.bootgate.timeline.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Boots of groups as {@code GroupBootsIT} recorded them. */
class GroupCausesTest {
    private static final Path FOLDER = Path.of("src/test/resources/recordings/groups");

    static Stream<Symptoms> recorded() {
        return Stream.of(
                symptoms("aci-volume-hides"),
                symptoms("k8s-liveness-path"),
                symptoms("k8s-liveness-too-early"),
                collision(true));
    }

    @Test
    void aVolumeThatHidesWhatIsMissedIsTheCause() {
        Finding cause = Diagnosis.of(symptoms("aci-volume-hides")).get(0);

        assertThat(cause.id()).isEqualTo("VOLUME_HIDES_APP");
        assertThat(cause.detail()).contains("azureFile", "/usr/share/python3", "debpython");
        assertThat(cause.evidence().get(0).text()).contains("can't open file");
    }

    @Test
    void aProbeWithAPathThatIsNotThereIsToldWithItsAnswer() {
        Finding cause = Diagnosis.of(symptoms("k8s-liveness-path")).get(0);

        assertThat(cause.id()).isEqualTo("PROBE_WOULD_FAIL");
        assertThat(cause.detail())
                .contains(
                        "GET /healthz on port 8000",
                        "status 404",
                        "initialDelaySeconds 0 + periodSeconds 10 × failureThreshold 3");
        assertThat(cause.fix()).contains("a path that the service has");
    }

    @Test
    void aServiceThatIsUpAfterItWasKilledIsToldWithBothTimes() {
        Finding cause = Diagnosis.of(symptoms("k8s-liveness-too-early")).get(0);

        assertThat(cause.id()).isEqualTo("PROBE_WOULD_FAIL");
        assertThat(cause.detail()).contains("first passed", "kills the container after 1.0 s");
        assertThat(cause.fix()).contains("initialDelaySeconds: ");
    }

    @Test
    void aPortThatIsTakenInASharedNetworkIsACollision() {
        Finding cause = Diagnosis.of(collision(true)).get(0);

        assertThat(cause.id()).isEqualTo("PORT_COLLISION");
        assertThat(cause.detail()).contains("container beside");
    }

    @Test
    void inANetworkOfItsOwnItIsNot() {
        assertThat(Diagnosis.of(collision(false))).extracting(Finding::id).contains("ADDRESS_IN_USE");
    }

    /** A recorded server that did not get its port, with another container said to be beside it. */
    private static Symptoms collision(boolean shared) {
        Symptoms alone = RecordedBoot.of("docker/address-in-use-23.0.0").symptoms();
        Group group =
                new Group(shared, List.of(new Neighbour("beside", "nginx", List.of(8000), true)), List.of(), List.of());
        List<BootEvent> events = new ArrayList<>(alone.timeline().events());
        events.set(0, new Created(Duration.ZERO, alone.boot().with(group)));
        return new Symptoms(new Timeline(events), alone.verdict());
    }

    private static Symptoms symptoms(String name) {
        try {
            Timeline timeline = TimelineFile.read(FOLDER.resolve(name + ".jsonl"));
            BootState state =
                    BootState.initial(new Policy(Duration.ofSeconds(60), Duration.ofMillis(1500), 100, 499, true));
            for (BootEvent event : timeline.events()) {
                state = state.after(event);
            }
            Verdict verdict = state.after(new BootEvent.Ticked(Duration.ofSeconds(60)))
                    .verdict()
                    .orElseThrow();
            return new Symptoms(timeline, (Verdict.NotReady) verdict);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
