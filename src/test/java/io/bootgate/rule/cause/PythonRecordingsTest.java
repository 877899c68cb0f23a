package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.rule.Finding;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recorded boot is explained by the cause that it was made to have. */
class PythonRecordingsTest {
    @TestFactory
    Stream<DynamicTest> theRootCauseIsTheOneThatTheContainerWasMadeToHave() throws IOException {
        return PythonRecording.all().stream()
                .map(recording -> DynamicTest.dynamicTest(recording.name(), () -> {
                    List<Finding> findings = Diagnosis.of(recording.symptoms());
                    assertThat(findings).extracting(Finding::id).first().isEqualTo(recording.cause());
                    assertThat(findings.get(0).evidence()).isNotEmpty();
                    assertThat(findings.get(0).fix()).isNotBlank();
                }));
    }
}
