package io.bootgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop}
            spec:
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  containers:
                  - name: web
                    image: acme/web
                    ports: [{name: http, containerPort: 8000}]
                    env: [{name: A, value: b}]
                    resources: {limits: {cpu: 1, memory: 1Gi}}
                    livenessProbe: {httpGet: {port: http}}
            """;

    private static Deployment with(String replaced, String replacement) {
        assertThat(DEPLOYMENT).contains(replaced);
        return Fixtures.of(DEPLOYMENT.replace(replaced, replacement));
    }

    @Test
    void aSoundManifestHasNoFindings() {
        assertThat(Fixtures.findings(Fixtures.of(DEPLOYMENT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: web         | name: Web                                    | error NAME_INVALID:10
            value: b          | value: 8080                                  | error VALUE_NOT_TEXT:13
            value: b          | value: yes                                   | error VALUE_NOT_TEXT:13
            value: b          | valeu: b                                     | warning UNKNOWN_KEY:13
            value: b          | valueFrom: {secretKeyRef: {name: s, key: k}} | warning UNKNOWN_REFERENCE:13
            image: acme/web   | imagePullPolicy: Always                      | error MISSING_FIELD:10
            memory: 1Gi       | memory: 512m                                 | error LIMIT_TINY:14
            limits: {         | requests: {cpu: 2}, limits: {                | error LIMIT_BELOW_REQUEST:14
            port: http        | port: htpt                                   | error UNKNOWN_REFERENCE:15
            httpGet:          | successThreshold: 2, httpGet:                | error PROBE_REFUSED:15
            httpGet: {port: http} | periodSeconds: 1                         | error PROBE_WITHOUT_CHECK:15
            {matchLabels: {app: shop}} | {matchLabels: {app: web}}           | error SELECTOR_MISMATCH:5
            image: acme/web   | volumeMounts: [{name: v, mountPath: /v}]     | error MOUNT_WITHOUT_VOLUME:11
            image: acme/web   | command: [echo, hi]                          | warning COMMAND_ENDS:10
            """)
    void whatKubernetesRefusesOrTakesOtherwiseIsFound(String replaced, String replacement, String finding) {
        assertThat(Fixtures.findings(with(replaced, replacement))).contains(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "1Gi, 1073741824",
        "128974848, 128974848",
        "1e3k, -1",
        "1e9, 1000000000",
        "129M, 129000000",
        "0.5Gi, 536870912",
        "100000000500m, 100000001",
        "512MB, -1",
        "'1 Gi', -1"
    })
    void quantitiesAreReadAsKubernetesDoes(String text, long bytes) {
        if (bytes < 0) {
            assertThatThrownBy(() -> with("memory: 1Gi", "memory: " + text))
                    .hasMessageContaining("must be a quantity such as 500m, 0.5, 512Mi or 1Gi");
        } else {
            assertThat(with("memory: 1Gi", "memory: " + text)
                            .containers()
                            .get(0)
                            .memory()
                            .limit())
                    .isEqualTo(OptionalLong.of(bytes));
        }
    }

    @Test
    void withoutLimitsNothingIsEnforced() {
        DeployedContainer web = with("limits: {cpu: 1, memory: 1Gi}", "requests: {cpu: 1}")
                .containers()
                .get(0);

        assertThat(web.cpu().ceiling()).isEmpty();
        assertThat(web.memory()).isEqualTo(DeployedContainer.Memory.NONE);
    }

    @Test
    void aJobMustSayWhatBecomesOfItAfterwards() {
        assertThat(Fixtures.findings(with("kind: Deployment", "kind: Job"))).contains("error MISSING_FIELD:9");
    }

    @Test
    void aCronJobMakesPodsToo() {
        Deployment deployment = Fixtures.of("""
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: nightly}
                spec:
                  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: c, image: i}]}}}}
                """);

        assertThat(deployment.restartPolicy()).contains(Deployment.RestartPolicy.ON_FAILURE);
        assertThat(deployment.containers()).extracting(DeployedContainer::name).containsExactly("c");
    }

    @Test
    void severalWorkloadsAreToldForTheyShareNoNetwork() {
        Deployment deployment = Fixtures.of(DEPLOYMENT + "---\n" + DEPLOYMENT.replace("name: web", "name: worker"));

        assertThat(Fixtures.findings(deployment)).containsExactly("warning SEVERAL_WORKLOADS:1");
        assertThat(deployment.network()).isEqualTo(Deployment.Network.NAMES);
        assertThat(deployment.containers()).extracting(DeployedContainer::name).containsExactly("web", "worker");
    }

    @Test
    void aServiceIsPublicAndTellsTheVariablesThatItSets() {
        Deployment deployment = Fixtures.of(DEPLOYMENT + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: my-shop}
                spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}, {port: 81, targetPort: none}]}
                """);

        assertThat(deployment.publicPorts())
                .containsExactly(new Deployment.Port(80, "tcp"), new Deployment.Port(81, "tcp"));
        assertThat(Fixtures.findings(deployment))
                .containsExactly(
                        "notice SERVICE_LINKS:19",
                        "warning PUBLIC_PORT_WITHOUT_CONTAINER:20",
                        "error UNKNOWN_REFERENCE:20");
    }

    @Test
    void whatMakesNoPodsIsAnErrorThatSaysWhatItIs() {
        assertThatThrownBy(() -> Fixtures.of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"))
                .hasMessageStartingWith("d makes no pods: it has objects of the kind ConfigMap,");
        assertThatThrownBy(() -> Fixtures.of("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"))
                .hasMessageContaining("kubectl kustomize");
        assertThatThrownBy(() -> Fixtures.of("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n"))
                .hasMessageContaining("helm template");
    }

    @Test
    void aValueThatLacksAnotherTellsItsPartsAndItsLine() {
        Variable url = with("env: [{name: A, value: b}]", """
                        env:
                                - {name: PW, valueFrom: {secretKeyRef: {name: s, key: k}}}
                                - {name: MAY, valueFrom: {secretKeyRef: {name: s, key: m, optional: true}}}
                                - {name: URL, value: "a:$(PW)@$$(x)$(B)"}""")
                .containers()
                .get(0)
                .env()
                .getOrDefault("URL", Variable.plain("not there"));
        assertThat(url.place()).contains("d:16");
        assertThat(url.parts())
                .containsExactly(
                        new Variable.Part("a:", false),
                        new Variable.Part("PW", true),
                        new Variable.Part("@$(x)$(B)", false));
    }
}
