package io.bootgate.gate;

import io.bootgate.engine.Container;
import io.bootgate.engine.ContainerSpec;
import io.bootgate.engine.EngineInfo;
import io.bootgate.engine.ImageFacts;
import io.bootgate.server.Server;
import io.bootgate.timeline.Boot;
import io.bootgate.timeline.BootEvent;
import io.bootgate.timeline.BootEvent.ProcessorsCounted;
import io.bootgate.timeline.BootEvent.ScriptSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an image will start: what image and request say together.
 *
 * @param scripts texts of the files that the command names, by the path as the command writes it
 */
record StartPlan(GateRequest request, ImageFacts image, List<String> command, Map<String, String> scripts) {
    private static final int LONGEST_SCRIPT = 256 * 1024;
    private static final Pattern COUNTS_PROCESSORS =
            Pattern.compile("\\b(?:cpu_count|nproc|sched_getaffinity|process_cpu_count)\\b|/proc/cpuinfo");
    private static final Pattern CONFIGURATION =
            Pattern.compile("(?:^|\\s)(?:-c\\s*|--config[=\\s])(?:file:)?([\\w./-]+\\.py)(?=\\s|$)");

    static StartPlan of(GateRequest request, ImageFacts image) {
        ContainerSpec container = request.container();
        List<String> command = new ArrayList<>(container.entrypoint().orElse(image.entrypoint()));
        // A replaced entry point resets the image's CMD, as docker run and every platform do.
        boolean keepsCommand = container.entrypoint().isEmpty();
        command.addAll(container.command().orElse(keepsCommand ? image.command() : List.of()));
        return new StartPlan(request, image, List.copyOf(command), Map.of());
    }

    /** An emptied CMD stays empty only beside an entry point of its own: engines take the image's else. */
    static ContainerSpec settled(ContainerSpec spec, ImageFacts image) {
        boolean emptied = spec.command().filter(List::isEmpty).isPresent()
                && spec.entrypoint().isEmpty()
                && !image.entrypoint().isEmpty();
        return emptied ? spec.withEntrypoint(image.entrypoint()) : spec;
    }

    /** The same with what the container holds of the files that the command names; works before the start. */
    StartPlan read(Container container) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : filesNamed()) {
            container
                    .readFile(inImage(name), LONGEST_SCRIPT)
                    .filter(text -> !text.startsWith("\u007fELF"))
                    .ifPresent(text -> texts.put(name, text));
        }
        return new StartPlan(request, image, command, texts);
    }

    /** What there is to tell of the program and the scripts before they are started. */
    List<BootEvent> seen(Container container) {
        List<BootEvent> seen = new ArrayList<>();
        for (String name : filesNamed()) {
            if (name.equals(GUNICORN_CONF)
                    || configuration().filter(name::equals).isPresent()) {
                continue;
            }
            String path = inImage(name);
            String head = container.readFile(path, 512).orElse("");
            int end = head.indexOf('\n');
            String first = end < 0 ? head : head.substring(0, end);
            boolean crlf = first.endsWith("\r");
            String line = crlf ? first.substring(0, first.length() - 1) : first;
            seen.add(new ScriptSeen(
                    Duration.ZERO,
                    path,
                    !head.isEmpty(),
                    line.startsWith("\u007fELF") ? "\u007fELF" : line.substring(0, Math.min(256, line.length())),
                    crlf));
        }
        countingProcessors().ifPresent(where -> seen.add(new ProcessorsCounted(Duration.ZERO, where)));
        return seen;
    }

    private Optional<String> countingProcessors() {
        return scripts.entrySet().stream()
                .filter(script -> COUNTS_PROCESSORS.matcher(script.getValue()).find())
                .map(script -> inImage(script.getKey()))
                .findFirst()
                .or(() -> command.stream()
                        .filter(word -> COUNTS_PROCESSORS.matcher(word).find())
                        .findFirst());
    }

    Server server() {
        return request.server().orElseGet(() -> Server.detect(command, scripts));
    }

    /** The port that must be served: as configured, else the single EXPOSE; empty if the bind line is to tell. */
    OptionalInt expectedPort() {
        if (request.port().isPresent()) {
            return request.port();
        }
        OptionalInt deployed = request.deployed().map(DeployedService::port).orElseGet(OptionalInt::empty);
        if (deployed.isPresent()) {
            return deployed;
        }
        return image.exposedPorts().size() == 1
                ? OptionalInt.of(image.exposedPorts().get(0))
                : OptionalInt.empty();
    }

    /** The ports to publish: every one that may turn out to be asked for. */
    List<Integer> ports() {
        TreeSet<Integer> ports = new TreeSet<>(image.exposedPorts());
        request.port().ifPresent(ports::add);
        request.deployed().ifPresent(service -> ports.addAll(service.ports()));
        if (expectedPort().isEmpty()) {
            ports.addAll(server().likelyPorts(command, env(), scripts));
        }
        return List.copyOf(ports);
    }

    Boot boot(EngineInfo engine) {
        ContainerSpec container = request.container();
        return new Boot(
                container.image(),
                command,
                container.workdir().orElse(image.workdir()),
                container.user().orElse(image.user()),
                env().keySet(),
                image.exposedPorts(),
                expectedPort(),
                server().id(),
                healthcheck(),
                image.architecture(),
                engine.architecture(),
                container.memoryBytes(),
                container.milliCpus(),
                container.pids(),
                container.readOnly());
    }

    Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>(image.env());
        env.putAll(request.container().env());
        return env;
    }

    private List<String> healthcheck() {
        List<String> test = image.healthcheck();
        if (test.isEmpty() || test.get(0).equals("NONE")) {
            return List.of();
        }
        List<String> arguments = test.subList(1, test.size());
        return switch (test.get(0)) {
            case "CMD" -> arguments;
            case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", arguments));
            default -> test;
        };
    }

    private static final String GUNICORN_CONF = "gunicorn.conf.py";

    /** The program, if it is a path, scripts among the first arguments, and the configuration that Gunicorn reads by itself. */
    private List<String> filesNamed() {
        List<String> names = new ArrayList<>();
        for (String word : command.subList(0, Math.min(command.size(), 4))) {
            boolean isPath = word.startsWith("/") || word.startsWith("./");
            boolean isScript = word.endsWith(".sh") || word.endsWith(".bash");
            boolean isShell = word.matches("(/usr)?/bin/(ba|da|a)?sh|(/usr)?/bin/env");
            if ((isPath || isScript) && !isShell && !word.contains(" ")) {
                names.add(word);
            }
        }
        names.add(GUNICORN_CONF);
        configuration().ifPresent(names::add);
        return names;
    }

    /** What Gunicorn is told to read instead. */
    private Optional<String> configuration() {
        Matcher option = CONFIGURATION.matcher(String.join(" ", command));
        return option.find()
                ? Optional.of(option.group(1)).filter(name -> !name.equals(GUNICORN_CONF))
                : Optional.empty();
    }

    private String inImage(String name) {
        if (name.startsWith("/")) {
            return name;
        }
        String workdir = request.container().workdir().orElse(image.workdir());
        String relative = name.startsWith("./") ? name.substring(2) : name;
        return (workdir.endsWith("/") ? workdir : workdir + "/") + relative;
    }
}
