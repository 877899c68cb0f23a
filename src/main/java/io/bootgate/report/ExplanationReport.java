package io.bootgate.report;

import io.bootgate.explain.Explanation;
import io.bootgate.rule.Certainty;
import io.bootgate.rule.Finding;
import io.bootgate.rule.Location;
import io.bootgate.timeline.BootEvent.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person reads who had a log explained: the cause, the lines that prove it, the fix, and how sure it is. */
public final class ExplanationReport {
    /** The verdict on a log that shows no failure. */
    static final String NO_FAILURE_FOUND = "NO_FAILURE_FOUND";

    private static final int MOST_EVIDENCE = 4;

    private ExplanationReport() {}

    /** One block per source of the log. */
    public static List<String> lines(List<Explanation> explanations, Paint paint) {
        List<String> lines = new ArrayList<>();
        for (Explanation explanation : explanations) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(block(explanation, paint));
        }
        return lines;
    }

    private static List<String> block(Explanation explanation, Paint paint) {
        Block block = new Block(paint);
        String name = Block.plain(explanation.name());
        if (explanation.causes().isEmpty()) {
            block.head(paint.good(NO_FAILURE_FOUND) + "  " + name);
        } else {
            Finding root = explanation.causes().get(0);
            block.head(paint.bad("NOT_READY") + "  " + name + "  " + paint.strong(root.id()) + ": "
                    + Block.plain(root.title()) + (root.certainty() == Certainty.LIKELY ? " (likely)" : ""));
            cause(root, block, paint);
            block.tell(
                    "also",
                    explanation.causes().stream()
                            .skip(1)
                            .map(other -> other.id() + ": "
                                    + other.detail().lines().findFirst().orElse(other.title()))
                            .toList());
        }
        block.tell("warning", explanation.warnings(), paint::odd);
        told(explanation).ifPresent(server -> block.tell("server", server));
        return block.lines();
    }

    private static void cause(Finding cause, Block block, Paint paint) {
        block.tell("detail", cause.detail());
        block.tell(
                "evidence",
                cause.evidence().stream()
                        .limit(MOST_EVIDENCE)
                        .map(seen -> (seen.line() > 0 ? "line " + seen.line() : seen.source()) + ": "
                                + seen.text().strip().replaceAll("\\R\\s*", " / "))
                        .toList());
        cause.location().ifPresent(place -> block.tell("place", place(place)));
        block.tell("fix", cause.fix().lines().toList(), paint::strong);
        block.tell("docs", "docs/causes/" + cause.id() + ".md");
    }

    private static String place(Location place) {
        return place.path().or(place::inImage).orElse("")
                + (place.line().isPresent() ? ":" + place.line().getAsInt() : "")
                + (place.path().isEmpty() ? " (in the image)" : "");
    }

    /** How the server showed itself, empty if no line of one was recognised. */
    private static Optional<String> told(Explanation explanation) {
        if (explanation.server().name().equals("unknown")) {
            return Optional.empty();
        }
        long lines = explanation.timeline().all(Logged.class).count();
        String server =
                (explanation.server().name() + " " + explanation.server().version()).strip();
        String bound = String.join(", ", explanation.server().boundTo());
        return Optional.of(server + (bound.isEmpty() ? "" : ", bound to " + bound) + ", " + lines + " lines read");
    }
}
