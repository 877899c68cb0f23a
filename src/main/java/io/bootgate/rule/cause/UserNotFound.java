package io.bootgate.rule.cause;

import io.bootgate.rule.Evidence;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The container's user or group has no entry in the image. */
final class UserNotFound implements CauseRule {
    private static final Pattern ENGINE = Pattern.compile(
            "unable to find (user|group) (\\S+?): (?:no matching entries|invalid)|no users? found|(?:no such|unknown) (user|group):? (\\S+)");
    private static final Pattern SCRIPT = Pattern.compile(
            "^su: user (\\S+) does not exist|unable to find (?:user|group) ([^\\s:]+)|^chown: invalid (?:user|group): [‘'](\\S+?)[’']"
                    + "|^chown: unknown user/group (\\S+)|^sudo: unknown user:? (\\S+)|^(?:su-exec|setpriv): .*(?:getpwnam|user)\\((\\w+)\\)");

    @Override
    public CauseId id() {
        return CauseId.USER_NOT_FOUND;
    }

    @Override
    public Optional<Finding> diagnose(Symptoms symptoms) {
        return symptoms.timeline().first(StartRefused.class).isPresent() ? byEngine(symptoms) : byScript(symptoms);
    }

    private Optional<Finding> byEngine(Symptoms symptoms) {
        return symptoms.timeline().first(StartRefused.class).flatMap(refused -> {
            Matcher matcher = ENGINE.matcher(refused.message());
            if (!matcher.find()) {
                return Optional.empty();
            }
            String kind = matcher.group(1) == null ? "user" : matcher.group(1);
            String name = matcher.group(2) == null ? symptoms.boot().user() : matcher.group(2);
            return Optional.of(certain(
                    "The %s %s is not in the image's /etc/%s."
                            .formatted(kind, name, kind.equals("user") ? "passwd" : "group"),
                    List.of(Sightings.engine(refused.at(), refused.message())),
                    Optional.empty(),
                    fix(kind, name)));
        });
    }

    private Optional<Finding> byScript(Symptoms symptoms) {
        if (Sightings.serverSpoke(symptoms)) {
            return Optional.empty();
        }
        return symptoms.first(SCRIPT).map(match -> {
            String name = "";
            for (int i = 1; i <= match.matcher().groupCount() && name.isEmpty(); i++) {
                name = match.group(i);
            }
            List<Evidence> evidence = List.of(match.line().evidence());
            return certain(
                    "The user %s is not in the image.".formatted(name), evidence, Optional.empty(), fix("user", name));
        });
    }

    private static String fix(String kind, String name) {
        return kind.equals("group")
                ? "Create it in the Dockerfile before USER: RUN groupadd --system %s; or use a number.".formatted(name)
                : "Create it in the Dockerfile before USER, in the last stage: RUN useradd --system --create-home %s; or use a number: USER 10001."
                        .formatted(name);
    }
}
