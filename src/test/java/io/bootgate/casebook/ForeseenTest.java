package io.bootgate.casebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.gate.GateRequest;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.Lint;
import io.bootgate.rule.lint.LintFinding;
import io.bootgate.rule.lint.LintProject;
import io.bootgate.rule.lint.LintRequest;
import io.bootgate.source.ProjectFile;
import io.bootgate.source.ProjectFile.Kind;
import io.bootgate.source.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules on sources, asked about the services of the casebook, whose boots are known. */
class ForeseenTest {
    /** Every case has its server and its libraries in a base image, of which the rules know nothing but its name. */
    private static final String BASE = "acme/python-service:3.11";

    /** What a base image has no part in. */
    private static final Set<CauseId> SHOWN = Set.of(
            CauseId.COMMAND_NOT_EXECUTABLE,
            CauseId.CRLF_LINE_ENDINGS,
            CauseId.ADDRESS_INVALID,
            CauseId.PORT_NOT_PERMITTED,
            CauseId.LOOPBACK_BIND,
            CauseId.PORT_MISMATCH,
            CauseId.UNREACHABLE_BIND);

    @TestFactory
    Stream<DynamicTest> noServiceThatBootsHasAnError() {
        return Casebook.ALL.stream()
                .filter(Case::isHealthy)
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> assertThat(findings(one))
                                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                                .isEmpty()));
    }

    @Test
    void mostFaultsOfCommandAndAddressAreForeseen() {
        List<Case> shown = Casebook.ALL.stream()
                .filter(one -> !one.isHealthy() && SHOWN.contains(one.causes().get(0)))
                .toList();
        List<String> overlooked = shown.stream()
                .filter(one -> findings(one).stream()
                        .noneMatch(finding -> one.causes().stream().anyMatch(finding.predicts()::contains)))
                .map(Case::name)
                .toList();
        assertThat(overlooked).hasSizeLessThan(shown.size() / 5);
    }

    private static List<LintFinding> findings(Case one) {
        GateRequest request = one.request("unused", Path.of("unused"));
        LintRequest.Run run = new LintRequest.Run(
                request.container().env(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                request.port(),
                request.container().readOnly(),
                request.container().tmpfs(),
                request.container().sysctls(),
                request.container().milliCpus(),
                request.container().memoryBytes(),
                request.server());
        return Lint.ofAllRules().check(new LintProject(new Files(one), LintRequest.DEFAULT.with(run)));
    }

    /** As the build context has them. */
    private record Files(Case one) implements ProjectFiles {
        @Override
        public List<ProjectFile> list() {
            List<ProjectFile> files = new ArrayList<>();
            files.add(new ProjectFile("app", Kind.FOLDER, 0, 0755));
            contents()
                    .forEach((path, bytes) -> files.add(new ProjectFile(
                            path,
                            Kind.FILE,
                            bytes.length,
                            path.startsWith("app/") && one.isExecutable(path.substring(4)) ? 0755 : 0644)));
            return files;
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(contents().get(path));
        }

        private Map<String, byte[]> contents() {
            Map<String, byte[]> contents = new TreeMap<>();
            contents.put("Dockerfile", one.dockerfileOn(BASE).getBytes(StandardCharsets.UTF_8));
            one.files().forEach((path, bytes) -> contents.put("app/" + path, bytes));
            return contents;
        }
    }
}
