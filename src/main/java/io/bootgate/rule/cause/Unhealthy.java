package io.bootgate.rule.cause;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.HealthChecked;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The image's own HEALTHCHECK fails although the service may serve. */
final class Unhealthy implements CauseRule {
    private static final Pattern MISSING = Pattern.compile(
            "(?:sh|bash): (?:line )?(?:\\d+: )?(\\S+): (?:command )?not found|exec: \"([^\"]+)\": (?:executable file not found|stat)"
                    + "|executable file `([^`]+)` not found");

    @Override
    public CauseId id() {
        return CauseId.UNHEALTHY;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        boolean serves =
                Sightings.answered(symptoms).filter(a -> a.status() < 500).isPresent();
        return symptoms.timeline()
                .last(HealthChecked.class)
                .filter(check -> !check.passed())
                .filter(check -> serves || symptoms.verdict().reason() == Reason.UNHEALTHY)
                .map(check -> finding(symptoms, check));
    }

    private Finding finding(Symptoms symptoms, HealthChecked check) {
        Optional<String> tool = missing(check, symptoms);
        String test = String.join(" ", symptoms.boot().healthcheck());
        String said = firstLine(check.output());
        List<Evidence> evidence = List.of(new Evidence(
                "healthcheck",
                0,
                check.at(),
                "%s: exit code %d%s"
                        .formatted(
                                test.isEmpty() ? "HEALTHCHECK" : test,
                                check.exitCode(),
                                said.isEmpty() ? "" : ", " + said)));
        String detail = tool.map(name -> "The HEALTHCHECK needs %s, which is not in the image.".formatted(name))
                .orElseGet(() -> "The HEALTHCHECK fails with exit code %d%s."
                        .formatted(check.exitCode(), said.isEmpty() ? "" : ": " + said));
        String fix = tool.map(
                        name -> ("Install %s in the image, or use what is there: HEALTHCHECK CMD [\"python3\", \"-c\","
                                        + " \"import urllib.request as u; u.urlopen('http://127.0.0.1:%d/')\"].")
                                .formatted(name, Sightings.port(symptoms).orElse(8000)))
                .orElse(
                        "Correct path, port and expected status of the HEALTHCHECK in the Dockerfile, or what it reports.");
        return certain(detail, evidence, Optional.empty(), fix);
    }

    private static Optional<String> missing(HealthChecked check, Symptoms symptoms) {
        Matcher matcher = MISSING.matcher(check.output());
        if (matcher.find()) {
            for (int i = 1; i <= matcher.groupCount(); i++) {
                if (matcher.group(i) != null) {
                    return Optional.of(matcher.group(i));
                }
            }
        }
        return check.exitCode() == 127 && !symptoms.boot().healthcheck().isEmpty()
                ? Optional.of(program(symptoms.boot().healthcheck()))
                : Optional.empty();
    }

    private static String program(List<String> test) {
        boolean shell = test.get(0).endsWith("sh") && test.size() > 2;
        return shell ? test.get(2).strip().replaceFirst("\\s.*", "") : test.get(0);
    }

    private static String firstLine(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
