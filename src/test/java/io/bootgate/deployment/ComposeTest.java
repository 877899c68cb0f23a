package io.bootgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bootgate.deployment.Deployment.Port;
import io.bootgate.deployment.Deployment.RestartPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeTest {
    private static DeployedContainer web(String fields) {
        return web(fields, Map.of());
    }

    private static DeployedContainer web(String fields, Map<String, String> files) {
        return Fixtures.text("services:\n  web: {image: a, " + fields + "}\n", files)
                .containers()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${A}          | one
            $A-$A         | one-one
            ${A:-x}       | one
            ${NONE:-x}    | x
            ${NONE-x}     | x
            ${EMPTY:-x}   | x
            ${EMPTY-x}    | ''
            ${A:+yes}     | yes
            ${NONE:+yes}  | ''
            ${NONE:-${A}} | one
            $$A ${A}      | $A one
            ${A:?told}    | one
            ${NONE}       | ? ${NONE} is not set
            ${NONE:?told} | ? ${NONE} is required (told)
            """)
    void variablesAreReplacedFromTheFileBesideIt(String text, String expected) {
        Variable value = web("environment: {X: '" + text + "'}", Map.of(".env", "A=one\nEMPTY=\n"))
                .env()
                .getOrDefault("X", Variable.plain("not there"));

        assertThat(value.why().map(why -> "? " + why).or(value::value)).contains(expected);
    }

    @Test
    void theFileOfParametersIsReadInsteadOfTheOneBesideIt() {
        Map<String, String> files = Map.of(".env", "A=one", "parameters", "A=other");

        assertThat(web("environment: {X: $A}", files).env().get("X")).isEqualTo(Variable.plain("other"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            8000                    | 8000          |
            80:8000                 | 8000          | 80
            "127.0.0.1:80:8000/udp" | 8000          | 80
            "127.0.0.1::8000"       | 8000          |
            "[::1]:80:8000"         | 8000          | 80
            "3000-3001:8000-8001"   | 8000 8001     | 3000 3001
            {target: 80}            | 80            |
            {target: 80, published: 8080} | 80      | 8080
            """)
    void portsAreReadInAllTheirForms(String port, String own, String published) {
        Deployment deployment = Fixtures.of("services: {web: {image: a, ports: [" + port + "]}}");

        assertThat(numbers(deployment.containers().get(0).ports())).isEqualTo(own);
        assertThat(numbers(deployment.publicPorts())).isEqualTo(published == null ? "" : published);
    }

    private static String numbers(List<Port> ports) {
        return String.join(
                " ", ports.stream().map(port -> String.valueOf(port.port())).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mem_limit: 512m                                         | 536870912
            mem_limit: 1.5GB                                        | 1610612736
            mem_limit: 1048576                                      | 1048576
            mem_limit: 1024kb                                       | 1048576
            'deploy: {resources: {limits: {memory: 1g}}, x: y}'     | 1073741824
            mem_limit: 0                                            | 0
            """)
    void sizesAreInUnitsOf1024(String field, long bytes) {
        assertThat(web(field).memory().ceiling()).isEqualTo(bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CMD, cat, /ready     | cat /ready
            CMD-SHELL, a && b    | /bin/sh -c a && b
            NONE                 |
            """)
    void aHealthcheckIsRunAsItIsWritten(String test, String command) {
        String[] words =
                Arrays.stream(test.split(", ")).map(word -> '"' + word + '"').toArray(String[]::new);
        Map<String, Probe> probes =
                web("healthcheck: {test: [" + String.join(", ", words) + "]}").probes();

        assertThat(Optional.ofNullable(probes.get("health"))
                        .map(probe -> String.join(" ", ((Probe.Exec) probe.check()).command())))
                .isEqualTo(Optional.ofNullable(command));
    }

    @ParameterizedTest
    @CsvSource({"'\"no\"', NEVER", "no, NEVER", "always, ALWAYS", "unless-stopped, ALWAYS", "on-failure:5, ON_FAILURE"})
    void theRestartPolicyHasThePlatformsNames(String restart, RestartPolicy policy) {
        assertThat(Fixtures.of("services: {web: {image: a, restart: " + restart + "}}")
                        .restartPolicy())
                .contains(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {web: {image: a, depends_on: [db]}}                                         | error UNKNOWN_REFERENCE:1
            {web: {image: a, volumes: ['data:/data']}}                                  | error MOUNT_WITHOUT_VOLUME:1
            {web: {image: a, secrets: [s]}}                                             | error MOUNT_WITHOUT_VOLUME:1
            {web: {image: a, enviroment: {}}}                                           | warning UNKNOWN_KEY:1
            {web: {command: a}}                                                         | error MISSING_FIELD:1
            {web: {image: a, env_file: none}}                                           | warning ENV_FILE_MISSING:1
            {web: {image: a, profiles: [p]}}                                            | notice PROFILE:1
            {a: {image: a, ports: ['80:1']}, b: {image: b, ports: ['80:2']}}            | error PORT_COLLISION:1
            {web: {image: 'a:${TAG}'}}                                                  | warning UNRESOLVED:1
            {web: {image: a, image: b}}                                                 | error DUPLICATE_KEY:1
            """)
    void whatComposeRefusesOrLeavesOpenIsFound(String services, String finding) {
        assertThat(Fixtures.findings(Fixtures.of("services: " + services))).containsExactly(finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {web: {image: a, ports: [x]}}                         | d:1:36: services.web.ports[0] must be a port such as 8000, 80:8000 or 127.0.0.1:80:8000/tcp, but is "x".
            {web: {image: a, command: 'it"s'}}                    | d:1:37: services.web.command must be a command whose quotes are closed, but is "it"s".
            {web: {image: '${'}}                                  | d:1:25: a "${" has no "}". A dollar that is meant as such is written "$$".
            {a: {extends: b}, b: {extends: a}}                    | d:1:42: the service b extends more than 20 others, or itself.
            {a: {extends: {file: x.yaml, service: b}}}            | d:1:25: extends names the file x.yaml, which is not there.
            {web: {image: a, mem_limit: 1x}}                      | d:1:39: services.web.mem_limit must be a size such as 512m or 1.5g, but is "1x".
            {web: {image: a, healthcheck: {test: a, interval: 5}}} | d:1:61: services.web.healthcheck.interval must be a duration such as 30s or 1m30s, but is "5".
            """)
    void whatCannotBeReadIsAnErrorWithPlaceAndExpectation(String services, String message) {
        assertThatThrownBy(() -> Fixtures.of("services: " + services))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(message);
    }

    @Test
    void whatAFileIncludesBelongsToIt() {
        Deployment deployment = Fixtures.text(
                "include: [more.yaml]\nservices: {web: {image: a, depends_on: [db]}}",
                Map.of("more.yaml", "services: {db: {image: b, volumes: ['v:/v']}}\nvolumes: {v: }"));

        assertThat(deployment.containers()).extracting(DeployedContainer::name).containsExactly("db", "web");
        assertThat(deployment.findings()).isEmpty();
    }

    @Test
    void aFileOfVariablesWithAWrongLineIsToldWithoutShowingIt() {
        assertThatThrownBy(() -> web("env_file: e", Map.of("e", "A=1\n=secret\n")))
                .hasMessage("e:2:1: this is no variable. Write NAME=value.");
    }
}
