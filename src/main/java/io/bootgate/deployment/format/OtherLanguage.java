package io.bootgate.deployment.format;

import io.bootgate.deployment.DeploymentException;
import java.util.regex.Pattern;

/** Languages that have a compiler of their own, whose output is read instead. */
final class OtherLanguage {
    private static final int HEAD = 100_000;
    private static final Pattern BICEP = Pattern.compile(
            "(?m)^[ \\t]*+(?:targetScope\\s*=|param\\s+\\w+\\s+\\w+|resource\\s+\\w+\\s+'[\\w./]+@|module\\s+\\w+\\s+'|using\\s+')");
    private static final Pattern TERRAFORM = Pattern.compile(
            "(?m)^[ \\t]*+(?:resource|data|module|variable|provider|output)\\s+\"[^\"]+\"(?:\\s+\"[^\"]+\")?\\s*\\{|^[ \\t]*+(?:terraform|locals)\\s*\\{");
    private static final Pattern TEMPLATE = Pattern.compile(
            "(?m)^[ \\t]*+(?:- )?\\{\\{-?\\s*(?:if|range|with|include|end|define|toYaml|\\.)|:\\s*\\{\\{-?\\s*\\.");

    private OtherLanguage() {}

    static void check(String file, String text) {
        String head = text.substring(0, Math.min(HEAD, text.length()));
        if (BICEP.matcher(head).find()) {
            throw new DeploymentException(
                    "%s is Bicep, which only its own compiler reads rightly. Compile it with \"az bicep build --file %s\", and give the JSON file."
                            .formatted(file, file));
        }
        if (TERRAFORM.matcher(head).find()) {
            throw new DeploymentException(
                    "%s is Terraform's language, which only Terraform reads rightly. Write the plan with \"terraform plan -out plan && terraform show -json plan > plan.json\", and give plan.json."
                            .formatted(file));
        }
        if (TEMPLATE.matcher(head).find()) {
            throw new DeploymentException(
                    "%s is a template ({{ }}). Render it first, for example with \"helm template . > rendered.yaml\", and give the result."
                            .formatted(file));
        }
    }
}
