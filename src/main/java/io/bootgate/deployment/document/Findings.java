package io.bootgate.deployment.document;

import io.bootgate.deployment.DeploymentException;
import io.bootgate.deployment.DeploymentFinding;
import io.bootgate.deployment.DeploymentFinding.Severity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Collects what is found while one file is read, and the files that it brings in. */
public final class Findings {
    private static final int MOST = 1000;

    private final String file;
    private final Set<DeploymentFinding> all;

    public Findings(String file) {
        this(file, new LinkedHashSet<>());
    }

    private Findings(String file, Set<DeploymentFinding> all) {
        this.file = file;
        this.all = all;
    }

    /** For another file of the same descriptor. */
    public Findings in(String other) {
        return new Findings(other, all);
    }

    public String file() {
        return file;
    }

    public void error(String id, Node.Place place, String message) {
        add(id, Severity.ERROR, place, message);
    }

    public void warning(String id, Node.Place place, String message) {
        add(id, Severity.WARNING, place, message);
    }

    public void notice(String id, Node.Place place, String message) {
        add(id, Severity.NOTICE, place, message);
    }

    private void add(String id, Severity severity, Node.Place place, String message) {
        if (all.size() < MOST) {
            all.add(new DeploymentFinding(id, severity, message, file, OptionalInt.of(place.line())));
        }
    }

    /** What the file cannot be read with. */
    public DeploymentException malformed(Node.Place place, String message) {
        return new DeploymentException(file, place.line(), place.column(), message);
    }

    public List<DeploymentFinding> inOrder() {
        return all.stream()
                .sorted(Comparator.comparing(
                                (DeploymentFinding finding) -> !finding.path().equals(file))
                        .thenComparing(finding -> finding.line().orElse(0)))
                .toList();
    }
}
