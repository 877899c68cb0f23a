package io.bootgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AciYamlTest {
    private static final String GROUP = """
            apiVersion: 2021-10-01
            name: shop
            properties:
              osType: Linux
              containers:
              - name: web
                properties:
                  image: acme/web
                  ports: [{port: 8000}]
                  resources: {requests: {cpu: 1, memoryInGB: 1}}
              ipAddress: {type: Public, ports: [{port: 8000}]}
            """;

    private static Deployment with(String replaced, String replacement) {
        assertThat(GROUP).contains(replaced);
        return Fixtures.of(GROUP.replace(replaced, replacement));
    }

    @Test
    void aSoundGroupHasNoFindings() {
        assertThat(Fixtures.findings(Fixtures.of(GROUP))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: web                | name: Web                                        | warning NAME_INVALID:6
            name: shop               | name: ''                                         | warning NAME_INVALID:2
            osType: Linux            | osType: Windows                                  | error NOT_LINUX:4
            osType: Linux            | sku: Standard                                    | error MISSING_FIELD:4
            image: acme/web          | command: [a]                                     | error MISSING_FIELD:8
            cpu: 1,                  | gpu: {count: 1}, cpu: 1,                         | notice GPU_NOT_BOOTED:10
            memoryInGB: 1}           | memoryInGB: 1}, limits: {cpu: 2}                 | error LIMIT_ABOVE_GROUP:10
            memoryInGB: 1}           | memoryInGB: 1}, limits: {memoryInGB: 2}          | error LIMIT_ABOVE_GROUP:10
            cpu: 1,                  | cpu: 5,                                          | notice GROUP_LARGE:6
            cpu: 1,                  | CPU: 1, cpu: 1,                                  | error DUPLICATE_KEY:10
            ports: [{port: 8000}]}   | ports: [{port: 8000}, {port: 80}]}               | warning PUBLIC_PORT_WITHOUT_CONTAINER:11
            ports: [{port: 8000}]}   | ports: [{port: 80}]}                             | notice PORT_NOT_PUBLIC:9
            image: acme/web          | image: <acr>.azurecr.io/web                      | warning UNRESOLVED:8
            image: acme/web          | image: $REGISTRY/web                             | warning UNRESOLVED:8
            cpu: 1,                  | cpu: 1, cpus: 2,                                 | -
            """)
    void whatAzureRefusesOrTakesOtherwiseIsFound(String replaced, String replacement, String finding) {
        if (finding.equals("-")) {
            assertThat(Fixtures.findings(with(replaced, replacement))).isEmpty();
        } else {
            assertThat(Fixtures.findings(with(replaced, replacement))).contains(finding);
        }
    }

    @Test
    void aKeyThatIsMisspeltIsToldWithTheOneThatWasMeant() {
        Deployment deployment = with("image: acme/web", "image: acme/web\n      enviromentVariables: []");

        assertThat(deployment.findings())
                .extracting(DeploymentFinding::message)
                .containsExactly(
                        "properties.containers[0].properties has the key \"enviromentVariables\", which the platform does not know. Did you mean \"environmentVariables\"?");
    }

    @Test
    void twoContainersOfAGroupCannotHaveTheSamePort() {
        Deployment deployment = with(
                "  ipAddress",
                "  - {name: proxy, properties: {image: nginx, ports: [{port: 8000}],"
                        + " resources: {requests: {cpu: 1, memoryInGB: 1}}}}\n  ipAddress");

        assertThat(Fixtures.findings(deployment)).containsExactly("error PORT_COLLISION:11");
    }

    @Test
    void aMountNeedsItsVolumeAndAVolumeItsKind() {
        Deployment deployment = with(
                "ports: [{port: 8000}]\n",
                "ports: [{port: 8000}]\n      volumeMounts: [{name: data, mountPath: /data}, {name: x, mountPath: 'C:/x'}]\n");

        assertThat(Fixtures.findings(deployment))
                .containsExactly(
                        "error MOUNT_WITHOUT_VOLUME:10", "error MOUNT_WITHOUT_VOLUME:10", "error NAME_INVALID:10");
        assertThat(deployment.containers().get(0).mounts())
                .extracting(DeployedContainer.Mount::kind)
                .allMatch(kind -> kind.isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [python, manage.py, migrate]                 | true
            [/bin/sh, -c, 'python manage.py collectstatic --noinput'] | true
            [sh, -c, 'python manage.py migrate && gunicorn shop.wsgi'] | false
            [gunicorn, shop.wsgi]                        | false
            [gunicorn, shop.wsgi, --check-config]        | true
            [echo, hello]                                | true
            [sleep, infinity]                            | false
            """)
    void aCommandThatEndsIsStartedForEverUnderAlways(String command, boolean ends) {
        Deployment deployment = with("image: acme/web", "image: acme/web\n      command: " + command);

        assertThat(Fixtures.findings(deployment)).isEqualTo(ends ? List.of("warning COMMAND_ENDS:9") : List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ports: [{port: 8000}]  | ports: 8000            | d:9:14: properties.containers[0].properties.ports must be a list, but is "8000".
            ports: [{port: 8000}]  | ports: [{port: 80000}] | d:9:22: properties.containers[0].properties.ports[0].port must be a port from 1 to 65535, but is "80000".
            cpu: 1,                | cpu: one,              | d:10:35: properties.containers[0].properties.resources.requests.cpu must be a number, but is "one".
            cpu: 1,                | cpu: -1,               | d:10:35: properties.containers[0].properties.resources.requests.cpu must be more than 0, but is "-1".
            image: acme/web        | command: gunicorn app  | d:8:16: properties.containers[0].properties.command must be a list, but is "gunicorn app".
            osType: Linux          | restartPolicy: Often   | d:4:18: properties.restartPolicy must be Always, OnFailure or Never, but is "Often".
            """)
    void whatCannotBeReadIsAnErrorWithPlaceAndExpectation(String replaced, String replacement, String message) {
        assertThatThrownBy(() -> with(replaced, replacement)).hasMessage(message);
    }
}
