package io.bootgate.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmTemplateTest {
    private static final String TEMPLATE = """
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
             "parameters": {"name": {"type": "string", "defaultValue": "shop"}, "count": {"type": "int", "defaultValue": 2},
                            "secret": {"type": "secureString", "defaultValue": "s3cret"}, "open": {"type": "string"}},
             "variables": {"list": ["a", "b"], "object": {"inner": {"Key": "v"}}, "loop": "[variables('loop')]"},
             "resources": [{"type": "Microsoft.ContainerInstance/containerGroups", "name": "g", "properties": {
               "osType": "Linux", "containers": [{"name": "web", "properties": {"image": "a",
                 "resources": {"requests": {"cpu": 1, "memoryInGB": 1}},
                 "environmentVariables": [{"name": "X", "value": "EXPRESSION"}]}}]}}]}
            """;

    private static Variable value(String expression) {
        return Fixtures.of(TEMPLATE.replace("EXPRESSION", expression))
                .containers()
                .get(0)
                .env()
                .getOrDefault("X", Variable.plain("not there"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                                           | plain
            [parameters('name')]                            | shop
            [ParaMeters( 'NAME' )]                          | shop
            [concat(parameters('name'), '-', parameters('count'))] | shop-2
            [variables('list')[1]]                          | b
            [variables('object').inner.key]                 | v
            [variables('object')['inner'].Key]              | v
            [last(concat(variables('list'), createArray('c')))] | c
            [format('{0}-{1}', 'a', 1)]                     | a-1
            [if(empty(''), 'e', 'f')]                       | e
            [if(equals(1, 2), reference('x'), 'f')]         | f
            [or(true(), parameters('open'))]                | true
            [coalesce(null(), 'x')]                         | x
            [replace('a.b', '.', '-')]                      | a-b
            [join(split('a,b', ','), '+')]                  | a+b
            [substring('abc', 1, 2)]                        | bc
            [toUpper('a')]                                  | A
            [div(7, 2)]                                     | 3
            [json('{\\"a\\": 1}').a]                        | 1
            [createObject('k', 'v').k]                      | v
            [base64('a')]                                   | YQ==
            [max(1, 10)]                                    | 10
            [[literal]                                      | [literal]
            it''s                                           | it''s
            [take('abc', 2)]                                | ab
            [tryThis('x')]                                  | ? tryThis()
            [reference(resourceId('t', parameters('open'))).a.b] | ? reference()
            [resourceGroup().location]                      | ? resourceGroup()
            [uniqueString(resourceGroup().id)]              | ? uniqueString()
            [concat('a', parameters('open'))]               | ? parameters('open') has no value; give it in <deploymentParameters>
            [parameters('nobody')]                          | ? parameters('nobody') is not declared
            """)
    void anExpressionIsEvaluatedOrToldToBeUnknown(String expression, String expected) {
        Variable value = value(expression);

        assertThat(value.why().map(why -> "? " + why).or(value::value)).isEqualTo(Optional.of(expected));
        assertThat(value.secret()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [parameters('secret')]
            [concat('x', parameters('secret'))]
            [format('{0}', parameters('secret'))]
            [listKeys('a', 'b').keys[0].value]
            """)
    void whatIsMadeFromASecretIsOne(String expression) {
        assertThat(value(expression).secret()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [concat('a']             | d:8:54: this expression cannot be evaluated: ")" is expected at position 12.
            [concat('a)]             | d:8:54: this expression cannot be evaluated: a quote is not closed.
            [variables('loop')]      | d:4:79: this expression cannot be evaluated: variables('loop') refers to itself.
            [if(true())]             | d:8:54: this expression cannot be evaluated: if() needs three arguments.
            [div(1, 0)]              | d:8:54: this expression cannot be evaluated: nothing can be divided by 0.
            [padLeft('a', 999999999)] | d:8:54: this expression cannot be evaluated: the result is longer than 100000.
            """)
    void anExpressionThatIsWrongIsAnErrorWithItsPlace(String expression, String message) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOf(DeploymentException.class)
                .hasMessage(message);
    }

    @Test
    void valuesForParametersComeFromTheirFile() {
        Deployment deployment = Fixtures.text(
                TEMPLATE.replace("EXPRESSION", "[parameters('open')]"),
                Map.of(
                        "parameters",
                        "{\"parameters\": {\"OPEN\": {\"value\": \"given\"}, \"other\": {\"value\": 1}}}"));

        assertThat(deployment.containers().get(0).env()).containsEntry("X", Variable.plain("given"));
        assertThat(deployment.findings())
                .extracting(DeploymentFinding::id, DeploymentFinding::path)
                .containsExactly(tuple("UNKNOWN_REFERENCE", "parameters"));
    }

    @Test
    void aTemplateWithoutAContainerGroupIsAnError() {
        assertThatThrownBy(() -> Fixtures.of("{\"contentVersion\": \"1.0.0.0\", \"resources\": []}"))
                .hasMessageStartingWith("d is a template without a container group");
    }

    @Test
    void aFileOfParametersIsNotTheTemplate() {
        assertThatThrownBy(() -> Fixtures.of("{\"$schema\": \"deploymentParameters.json#\", \"parameters\": {}}"))
                .hasMessageContaining("give it as <deploymentParameters>");
    }

    @Test
    void whatBicepIsWrittenInIsTold() {
        assertThatThrownBy(() -> Fixtures.of("param location string\nvar a = 'b'\n"))
                .hasMessageContaining("az bicep build --file d");
    }
}
