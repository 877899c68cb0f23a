package io.bootgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bootgate.deployment.Deployment;
import io.bootgate.deployment.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every descriptor in the folder of fixtures against what was written beside it by eye: {@code <name>.expected.json}. */
class DeploymentJsonTest {
    private static final Path SCHEMA = Path.of("src/main/resources/io/bootgate/report/deployment.schema.json");
    private static final String EXPECTED = ".expected.json";

    static List<String> descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> Files.exists(Fixtures.FOLDER.resolve(name + EXPECTED)))
                    .sorted()
                    .toList();
        }
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void aDescriptorIsDescribedFieldByField(String name) throws IOException {
        Deployment deployment = Fixtures.file(name);

        String json = DeploymentJson.text(deployment, VariableMask.of(deployment, List.of()));

        assertThat(json).isEqualTo(Files.readString(Fixtures.FOLDER.resolve(name + EXPECTED)));
        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
    }

    @Test
    void theSchemaMissesAFieldThatIsLeftOut() throws IOException {
        String json = Files.readString(Fixtures.FOLDER.resolve("aci-quirks.yaml" + EXPECTED));

        assertThat(schema().validate(json.replace("\"ceilingBytes\"", "\"top\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(json.replace("aci-yaml", "yaml"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void theSchemaInTheDocumentationIsTheOneInTheJar() {
        assertThat(Path.of("docs/deployment.schema.json")).hasSameTextualContentAs(SCHEMA);
    }

    @Test
    void aValueThatIsSecretByItsNameOrByTheUserIsNotShownNorRepeatedElsewhere() {
        Deployment deployment = Fixtures.of("""
                apiVersion: '2021-10-01'
                name: g
                properties:
                  osType: Linux
                  containers:
                  - name: web
                    properties:
                      image: a
                      command: [serve, --password, hunter2hunter2]
                      resources: {requests: {cpu: 1, memoryInGB: 1}}
                      environmentVariables:
                      - {name: DB_PASSWORD, value: hunter2hunter2}
                      - {name: INTERNAL, value: told-by-the-user}
                      - {name: DATABASE_URL, value: 'postgres://me:p4ss@db/x'}
                      - {name: TOKEN_EXPIRY_SECONDS, value: '3600'}
                      - {name: SSL_KEY, value: /etc/ssl/key.pem}
                """);

        String json = DeploymentJson.text(deployment, VariableMask.of(deployment, List.of("INTERN*")));
        String table = String.join(
                "\n", DeploymentTable.lines(deployment, VariableMask.of(deployment, List.of("INTERN*")), Paint.NONE));

        assertThat(json + table)
                .doesNotContain("hunter2hunter2", "told-by-the-user", "p4ss")
                .contains("3600", "/etc/ssl/key.pem", "postgres://me:***@db/x");
    }
}
