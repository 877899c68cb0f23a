package io.bootgate.gate;

import io.bootgate.autopsy.Environment;
import io.bootgate.deployment.Deployment;
import io.bootgate.judge.Verdict;
import io.bootgate.resource.MemorySearch;
import io.bootgate.rule.Finding;
import io.bootgate.rule.lint.LintFinding;
import io.bootgate.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * All that is known about one gated image. What is told in words (causes, warnings) is masked already; so is the timeline.
 *
 * @param verdict empty if the image could not be built: nothing was booted
 * @param causes root cause first; empty if READY
 * @param timings empty if nothing was booted
 * @param log file with the whole log, empty if nothing was booted
 * @param deployment the descriptor as it was understood, empty without one
 * @param environment the variables that it reads while it boots, where a second boot told
 * @param findings what was found in the sources before the build
 */
public record GateResult(
        String name,
        Image image,
        Engine engine,
        Optional<Verdict> verdict,
        List<Finding> causes,
        List<String> warnings,
        Server server,
        Container container,
        Optional<Timings> timings,
        Optional<String> log,
        Timeline timeline,
        Optional<Described> deployment,
        Optional<Environment> environment,
        List<LintFinding> findings) {

    public GateResult {
        causes = List.copyOf(causes);
        warnings = List.copyOf(warnings);
        findings = List.copyOf(findings);
    }

    /** The same with what was found in the sources before; masked already. */
    public GateResult withFindings(List<LintFinding> found) {
        return new GateResult(
                name,
                image,
                engine,
                verdict,
                causes,
                warnings,
                server,
                container,
                timings,
                log,
                timeline,
                deployment,
                environment,
                found);
    }

    /** The result of an image without a deployment, that no second boot has looked into. */
    public GateResult(
            String name,
            Image image,
            Engine engine,
            Optional<Verdict> verdict,
            List<Finding> causes,
            List<String> warnings,
            Server server,
            Container container,
            Optional<Timings> timings,
            Optional<String> log,
            Timeline timeline) {
        this(
                name,
                image,
                engine,
                verdict,
                causes,
                warnings,
                server,
                container,
                timings,
                log,
                timeline,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same with the descriptor. */
    GateResult deployedBy(Optional<Described> descriptor) {
        return new GateResult(
                name,
                image,
                engine,
                verdict,
                causes,
                warnings,
                server,
                container,
                timings,
                log,
                timeline,
                descriptor,
                environment,
                findings);
    }

    /** The same with another file for its log. */
    GateResult logged(String file) {
        return new GateResult(
                name,
                image,
                engine,
                verdict,
                causes,
                warnings,
                server,
                container,
                timings,
                Optional.of(file),
                timeline,
                deployment,
                environment,
                findings);
    }

    /** The same after a second look; the verdict stands. */
    GateResult examined(List<Finding> sharperCauses, List<String> moreWarnings, Optional<Environment> contract) {
        return new GateResult(
                name,
                image,
                engine,
                verdict,
                sharperCauses,
                Stream.concat(warnings.stream(), moreWarnings.stream()).toList(),
                server,
                container,
                timings,
                log,
                timeline,
                deployment,
                contract,
                findings);
    }

    /** The same with what is advised about memory and processors. */
    GateResult advised(List<Finding> adjusted, List<String> told, Optional<MemorySearch> search) {
        Container searched = new Container(
                container.exitCode(),
                container.oomKilled(),
                container.peakMemoryBytes(),
                container.milliCpus(),
                container.memoryLimitBytes(),
                container.cpu(),
                container.throttled(),
                search);
        return new GateResult(
                name,
                image,
                engine,
                verdict,
                adjusted,
                told,
                server,
                searched,
                timings,
                log,
                timeline,
                deployment,
                environment,
                findings);
    }

    public boolean isReady() {
        return verdict.map(Verdict::isReady).orElse(false);
    }

    /**
     * The descriptor.
     *
     * @param secretEnv names and patterns of variables whose values are not told, beside those that it says are secret
     */
    public record Described(Deployment deployment, List<String> secretEnv) {
        public Described {
            secretEnv = List.copyOf(secretEnv);
        }
    }

    /**
     * The image that was booted.
     *
     * @param builder {@code docker}, {@code jib}, {@code none}, ...
     * @param buildTime empty if it was not built here
     */
    public record Image(
            String reference,
            Optional<String> id,
            Optional<String> digest,
            String builder,
            Optional<Duration> buildTime) {}

    /** The engine it was booted on. */
    public record Engine(String name, String version, String api) {}

    /**
     * The server as it showed itself.
     *
     * @param version empty string if it did not say
     * @param workersBooted worker processes that were started
     * @param workersLost of these, the ones that died
     */
    public record Server(
            String name,
            String version,
            Optional<String> workerClass,
            int workersBooted,
            int workersLost,
            List<String> boundTo) {}

    /**
     * The container as it ended.
     *
     * @param exitCode empty if it was still running when it was judged
     * @param cpu processor time that was used until the verdict, empty if unknown
     * @param throttled how long the CPU limit kept processes from running, empty if unknown
     * @param memorySearch what was found by booting again with other memory limits, empty if that was not done
     */
    public record Container(
            OptionalInt exitCode,
            boolean oomKilled,
            OptionalLong peakMemoryBytes,
            OptionalLong milliCpus,
            OptionalLong memoryLimitBytes,
            Optional<Duration> cpu,
            Optional<Duration> throttled,
            Optional<MemorySearch> memorySearch) {

        /** A container whose use of processors is not known. */
        public Container(
                OptionalInt exitCode,
                boolean oomKilled,
                OptionalLong peakMemoryBytes,
                OptionalLong milliCpus,
                OptionalLong memoryLimitBytes) {
            this(
                    exitCode,
                    oomKilled,
                    peakMemoryBytes,
                    milliCpus,
                    memoryLimitBytes,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Times from the engine's own start event of the container.
     *
     * @param decided when the decisive thing happened, by the engine's clock
     * @param verdict when the gate said so
     */
    public record Timings(Optional<Duration> bound, Optional<Duration> answered, Duration decided, Duration verdict) {}
}
