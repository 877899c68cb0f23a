package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.Called;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The app ends its own process while it is loaded: by an exit, or by reading a command line that is the server's. */
final class ExitAtImport implements LintRule {
    private static final Set<String> EXITS =
            Set.of("sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort");
    private static final String PARSE = "argparse.ArgumentParser().parse_args";

    @Override
    public String id() {
        return "EXIT_AT_IMPORT";
    }

    @Override
    public String title() {
        return "The app ends itself while it is loaded";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.SYSTEM_EXIT, CauseId.CRASH_LOOP, CauseId.EXITED);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        if (boot.isEmpty() || boot.get().start().module().isEmpty()) {
            return List.of();
        }
        List<LintFinding> findings = new ArrayList<>();
        List<Called> calls = boot.get().program().happenings(Called.class);
        for (Called called : calls) {
            boolean system = called.name().startsWith("os.");
            boolean fatal =
                    called.scene().certain() && (system || !called.scene().swallows("SystemExit"));
            if (fatal && EXITS.contains(called.name())) {
                findings.add(error(
                        BootProgram.location(called.scene()),
                        "%s() is called while the app is imported."
                                .formatted(called.name().replace("builtins.", "")),
                        "Raise an exception that says what is wrong, or move it below if __name__ == \"__main__\"."));
            } else if (fatal
                    && called.name().equals(PARSE)
                    && called.call().arguments().isEmpty()) {
                findings.add(parsed(called, calls));
            }
        }
        return findings;
    }

    private LintFinding parsed(Called called, List<Called> calls) {
        String detail =
                "parse_args() reads the server's command line while the app is imported, and ends the process at the first word that it does not know.";
        String fix = "Call it below if __name__ == \"__main__\", or use parse_known_args().";
        boolean positional = calls.stream()
                .filter(other -> other.name().equals("argparse.ArgumentParser().add_argument"))
                .anyMatch(other -> other.call()
                        .at(0)
                        .flatMap(io.bootgate.source.python.Expression::string)
                        .filter(name -> name.startsWith("-"))
                        .isEmpty());
        return positional
                ? warning(BootProgram.location(called.scene()), detail, fix)
                : error(BootProgram.location(called.scene()), detail, fix);
    }
}
