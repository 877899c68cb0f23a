package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bootgate.explain.ForeignLog;
import io.bootgate.gate.GateResult;
import io.bootgate.gate.Secrets;
import io.bootgate.rule.Location;
import io.bootgate.rule.Severity;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.rule.lint.LintFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JsonReportTest {
    private static final Path SCHEMA = Path.of("src/main/resources/io/bootgate/report/report.schema.json");

    static final List<GateResult> RESULTS = List.of(
            Results.ready(),
            Results.ready("A worker died once and was replaced."),
            Results.notReady(Results.MISSING_MODULE, Results.EXITED),
            Results.notBuilt());

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    @Test
    void aBrokenServiceIsWrittenFieldByField() {
        assertThat(JsonReport.of("0.1.0", List.of(Results.notReady(Results.MISSING_MODULE))))
                .isEqualTo("""
                {
                  "schema" : 1,
                  "generator" : {
                    "name" : "bootgate",
                    "version" : "0.1.0"
                  },
                  "images" : [
                    {
                      "name" : "orders",
                      "image" : {
                        "reference" : "acme/orders:1",
                        "id" : "sha256:4f1e",
                        "digest" : null,
                        "builder" : "docker",
                        "buildMillis" : 812
                      },
                      "engine" : {
                        "name" : "Docker Engine",
                        "version" : "20.10.24",
                        "api" : "1.41"
                      },
                      "verdict" : "NOT_READY",
                      "causes" : [
                        {
                          "id" : "MISSING_MODULE",
                          "title" : "A module is missing from the image",
                          "detail" : "No module named 'requests'",
                          "evidence" : [
                            {
                              "source" : "stderr",
                              "line" : 23,
                              "atMillis" : 412,
                              "text" : "ModuleNotFoundError: No module named 'requests'"
                            }
                          ],
                          "location" : {
                            "path" : "src/app.py",
                            "line" : 2,
                            "column" : null,
                            "inImage" : "/app/app.py"
                          },
                          "fix" : "Add requests to requirements.txt",
                          "certainty" : "certain",
                          "confirmed" : null,
                          "predictedBy" : null
                        }
                      ],
                      "warnings" : [ ],
                      "findings" : [ ],
                      "environment" : null,
                      "server" : {
                        "name" : "gunicorn",
                        "version" : "20.1.0",
                        "workerClass" : "sync",
                        "workersBooted" : 1,
                        "workersLost" : 1,
                        "boundTo" : [
                          "http://0.0.0.0:8000"
                        ]
                      },
                      "container" : {
                        "exitCode" : 3,
                        "oomKilled" : false,
                        "peakMemoryBytes" : 41200000,
                        "cpuSeconds" : null,
                        "throttledSeconds" : null,
                        "limits" : {
                          "cpus" : 1.0,
                          "memoryBytes" : 1610612736
                        },
                        "memorySearch" : null
                      },
                      "timings" : {
                        "startedMillis" : 0,
                        "boundMillis" : 301,
                        "answeredMillis" : null,
                        "decidedMillis" : 433,
                        "verdictMillis" : 690
                      },
                      "log" : "orders.log",
                      "timeline" : "orders.timeline.jsonl",
                      "deployment" : null
                    }
                  ]
                }
                """);
    }

    @ParameterizedTest
    @FieldSource("RESULTS")
    void everyReportFollowsTheSchema(GateResult result) throws IOException {
        assertThat(schema().validate(JsonReport.of("0.1.0", List.of(result)), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void aLogThatWasExplainedFollowsTheSchemaToo() throws IOException {
        ForeignLog log = new ForeignLog("web", Secrets.named(List.of()));
        log.add("ModuleNotFoundError: No module named 'requests'");
        String failed = JsonReport.ofExplanations("0.1.0", log.explain(OptionalInt.of(3)));
        String quiet = JsonReport.ofExplanations(
                "0.1.0", new ForeignLog("web", Secrets.named(List.of())).explain(OptionalInt.empty()));

        assertThat(failed).contains("\"image\" : null", "\"NOT_READY\"", "\"MISSING_MODULE\"", "\"exitCode\" : 3");
        assertThat(quiet).contains("\"NO_FAILURE_FOUND\"");
        assertThat(schema().validate(failed, InputFormat.JSON)).isEmpty();
        assertThat(schema().validate(quiet, InputFormat.JSON)).isEmpty();
    }

    @Test
    void theSchemaMissesAFieldThatIsLeftOut() throws IOException {
        String report = JsonReport.of("0.1.0", List.of(Results.notReady(Results.MISSING_MODULE)));

        assertThat(schema().validate(report.replace("\"inImage\"", "\"elsewhere\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(report.replace("NOT_READY", "MAYBE"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theSchemaInTheDocumentationIsTheOneInTheJar() throws IOException {
        assertThat(Path.of("docs/report.schema.json")).hasSameTextualContentAs(SCHEMA);
    }

    @Test
    void theFileIsWrittenWholeAndReplacesAnOlderOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, "old");

        JsonReport.write(file, "0.1.0", RESULTS);

        assertThat(file).hasContent(JsonReport.of("0.1.0", RESULTS));
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    private static final LintFinding MISSPELT = new LintFinding(
            "COMMAND_MISQUOTED",
            "The command is not the JSON that it looks like",
            Severity.ERROR,
            "CMD is not JSON.",
            Optional.of(Location.of("Dockerfile", 7, 1).withText(Optional.of("CMD ['gunicorn']"))),
            "Write the words in double quotes.",
            Set.of(CauseId.COMMAND_NOT_FOUND, CauseId.MISSING_MODULE),
            Optional.empty());

    @Test
    void findingsInTheSourcesAreWrittenByTheSchemaToo() throws IOException {
        String json = JsonReport.ofFindings("0.1.0", "orders", List.of(MISSPELT));
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(json)
                .contains(
                        "\"verdict\" : \"NOT_BOOTED\"", "\"severity\" : \"error\"", "\"line\" : 7,", "\"column\" : 1,")
                .contains("CMD ['gunicorn']");
    }

    @Test
    void aCauseNamesTheFindingThatForesawIt() throws IOException {
        String json = JsonReport.of(
                "0.1.0", List.of(Results.notReady(Results.MISSING_MODULE).withFindings(List.of(MISSPELT))));
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(json).containsPattern("\"predictedBy\" : \\{\\s+\"id\" : \"COMMAND_MISQUOTED\"");
    }
}
