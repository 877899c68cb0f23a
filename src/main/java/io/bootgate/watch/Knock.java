package io.bootgate.watch;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntPredicate;

/** Asks once whether somebody serves, without a watch. */
public record Knock(ProbePlan plan, IntPredicate accepted) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Whether one of these addresses answers as wanted. */
    public boolean isAnswered(Map<Integer, InetSocketAddress> published) {
        return published.values().stream()
                .anyMatch(address -> isServed(address, plan.scheme().equals("https"))
                        || (plan.scheme().equals("auto") && isServed(address, true)));
    }

    private boolean isServed(InetSocketAddress address, boolean tls) {
        return new HttpProbe(plan, PATIENCE).ask(address, tls) instanceof HttpProbe.Outcome.Answered answer
                && accepted.test(answer.status());
    }
}
