package io.bootgate.gate;

import io.bootgate.autopsy.Autopsy;
import io.bootgate.autopsy.Environment;
import io.bootgate.autopsy.Examination;
import io.bootgate.autopsy.SharperCauses;
import io.bootgate.autopsy.Testimony;
import io.bootgate.engine.ContainerEngine;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.ImageFacts;
import io.bootgate.rule.Finding;
import io.bootgate.rule.cause.CauseId;
import io.bootgate.watch.Knock;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Has an image examined in a second, instrumented boot, where that may tell more. The verdict is never changed. */
record SecondLook(ContainerEngine engine, GateLog log, GateRequest request, ImageFacts image) {
    /** What is open, or may hide more of its kind. */
    private static final Set<CauseId> WORTHWHILE = EnumSet.of(
            CauseId.SYSTEM_EXIT,
            CauseId.CRASH_LOOP,
            CauseId.BOOT_HANG,
            CauseId.WORKER_TIMEOUT,
            CauseId.MISSING_ENV,
            CauseId.INVALID_ENV,
            CauseId.MISSING_MODULE,
            CauseId.APP_ERROR,
            CauseId.ENTRYPOINT_FAILED,
            CauseId.SERVER_NOT_STARTED,
            CauseId.EXITED,
            CauseId.UNKNOWN,
            CauseId.HTTP_NO_ANSWER,
            CauseId.NATIVE_CRASH,
            CauseId.KILLED,
            CauseId.OUT_OF_MEMORY);

    private static final Set<CauseId> KILLS = EnumSet.of(CauseId.OUT_OF_MEMORY, CauseId.KILLED);

    GateResult at(GateResult first, Places places) {
        Examination wanted = request.examination();
        boolean looks = first.isReady()
                ? wanted.recordEnvironment()
                : wanted.afterFailure() && first.verdict().isPresent() && isAny(first.causes(), WORTHWHILE);
        if (!looks) {
            return first;
        }
        Secrets secrets = Secrets.of(request, image);
        log.info(
                first.isReady()
                        ? "Booting once more, to record the variables that are read"
                        : "Booting once more, to find out where it ends and what else is missing");
        Testimony testimony = new Autopsy(engine, secrets::mask)
                .perform(
                        container(first),
                        image.env(),
                        first.server().name().equals("gunicorn"),
                        isAny(first.causes(), KILLS),
                        new Knock(request.probe(), SecondLook::comesFromTheService),
                        wanted.timeout(),
                        request.outputDirectory().resolve(request.name() + ".autopsy.log"));
        if (!testimony.isInstrumented()) {
            return first.examined(first.causes(), List.of(notSeen(testimony)), Optional.empty());
        }
        List<Finding> causes = first.isReady()
                ? List.of()
                : SharperCauses.of(testimony, first.causes()).stream()
                        .map(places::locate)
                        .map(new RequirementLines(request.baseDirectory())::look)
                        .map(finding -> Gate.masked(finding, secrets))
                        .toList();
        return first.examined(
                causes,
                List.of(),
                Optional.of(Environment.of(testimony, request.container().env().keySet())));
    }

    private static boolean isAny(List<Finding> causes, Set<CauseId> those) {
        return causes.stream()
                .anyMatch(cause -> those.stream().anyMatch(id -> id.name().equals(cause.id())));
    }

    /** As it was booted, with every port that it turned out to want. */
    private ContainerSpec container(GateResult first) {
        Set<Integer> ports = new TreeSet<>(StartPlan.of(request, image).ports());
        for (String address : first.server().boundTo()) {
            if (address.startsWith("http") && !address.contains("unix:")) {
                int port = URI.create(address).getPort();
                if (port > 0) {
                    ports.add(port);
                }
            }
        }
        return request.container().withPorts(ports);
    }

    private static String notSeen(Testimony testimony) {
        return "No autopsy: "
                + testimony
                        .failure()
                        .orElse(
                                "no Python in the container let itself be observed. It has none, or starts it isolated (-I, -E, -S), or sets PYTHONPATH anew")
                + ". What is said of the causes rests on the boot alone.";
    }

    /** A stand-in may well make it answer 500: it has booted all the same. A proxy's own answers are none. */
    private static boolean comesFromTheService(int status) {
        return status < 502 || status > 504;
    }
}
