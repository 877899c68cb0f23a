package io.bootgate.goal;

import io.bootgate.gate.GateLog;
import io.bootgate.gate.Secrets;
import io.bootgate.image.BuildLog;
import io.bootgate.report.PlainText;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Tells the gate's progress through Maven's log, and keeps the whole build log in a file. */
final class MavenGateLog implements GateLog, AutoCloseable {
    private static final Pattern SETTING =
            Pattern.compile("(?:\\[[^]]*] )?(?:ENV|ARG)\\s+(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)(?:=|\\s+)(?:\"([^\"]+)\"|'([^']+)'|(\\S+))");

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final int LONGEST_STEP = 120;

    private final Log log;
    private Secrets secrets;
    private final boolean interactive;
    private final Path buildLog;
    private @Nullable Writer file;
    private @Nullable IOException trouble;

    /** @param interactive whether somebody may be watching: the steps of a build are shown */
    MavenGateLog(Log log, Secrets secrets, boolean interactive, Path buildLog) {
        this.log = log;
        this.secrets = secrets;
        this.interactive = interactive;
        this.buildLog = buildLog;
    }

    @Override
    public BuildLog build() {
        return new BuildLog() {
            private long began = System.nanoTime();
            private String running = "";

            @Override
            public void began(String text) {
                learn(text);
                began = System.nanoTime();
                running = keep(text);
            }

            @Override
            public void ended(String text, Duration took, boolean cached) {
                String time = cached ? "cached" : seconds(took);
                log.info(shortened(PlainText.of(secrets.mask(text))) + " (" + time + ")");
                keep("-- " + time);
                running = "";
            }

            @Override
            public void step(String text) {
                learn(text);
                String shown = keep(text);
                if (interactive) {
                    log.info(shown);
                } else {
                    log.debug(shown);
                }
            }

            @Override
            public void output(String line) {
                log.debug(keep(line));
                // Told when it is over, unless somebody would wonder by then what is going on.
                if (!running.isEmpty() && System.nanoTime() - began > LONG.toNanos()) {
                    log.info(shortened(running) + " ...");
                    running = "";
                }
            }
        };
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }

    private static String shortened(String step) {
        return step.length() <= LONGEST_STEP ? step : step.substring(0, LONGEST_STEP - 4) + " ...";
    }

    /** What the Dockerfile itself sets under a secret name is a secret before the image tells it. */
    private synchronized void learn(String step) {
        Matcher setting = SETTING.matcher(step);
        if (setting.matches()) {
            for (Matcher variable = VARIABLE.matcher(setting.group(1)); variable.find(); ) {
                String value = Stream.of(2, 3, 4)
                        .map(variable::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("");
                secrets = secrets.with(Map.of(variable.group(1), value));
            }
        }
    }

    private synchronized String keep(String text) {
        String masked = secrets.mask(text);
        if (trouble == null) {
            try {
                if (file == null) {
                    file = Files.newBufferedWriter(buildLog);
                }
                file.write(masked + "\n");
            } catch (IOException e) {
                // The image can still be built and judged without it; told at the end.
                trouble = e;
            }
        }
        return PlainText.of(masked);
    }

    @Override
    public void info(String text) {
        log.info(plain(text));
    }

    @Override
    public void warn(String text) {
        log.warn(plain(text));
    }

    @Override
    public void debug(String text) {
        log.debug(plain(text));
    }

    private String plain(String text) {
        return PlainText.of(secrets.mask(text));
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            trouble = e;
        }
        if (trouble != null) {
            warn("The build log %s is not complete: %s.".formatted(buildLog, FileTrouble.reason(trouble)));
        }
    }
}
