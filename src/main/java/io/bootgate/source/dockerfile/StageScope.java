package io.bootgate.source.dockerfile;

import io.bootgate.source.dockerfile.Instruction.Keyword;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Variables and working directory at one point of a stage. */
public final class StageScope {
    private final Map<String, String> given;
    private final Map<String, String> global;
    private final char escape;
    private final Map<String, String> args = new HashMap<>();
    private final Map<String, String> env;
    private String workdir;

    /**
     * @param given the build's arguments
     * @param global ARGs before the first FROM
     */
    public StageScope(
            Map<String, String> given,
            Map<String, String> global,
            char escape,
            Map<String, String> env,
            String workdir) {
        this.given = given;
        this.global = global;
        this.escape = escape;
        this.env = new HashMap<>(env);
        this.workdir = workdir;
    }

    public String workdir() {
        return workdir;
    }

    public Map<String, String> env() {
        return env;
    }

    public Map<String, String> args() {
        return args;
    }

    /** Takes in what ARG, ENV and WORKDIR say; nothing else changes a scope. */
    public void apply(Instruction instruction) {
        if (instruction.is(Keyword.ARG)) {
            ShellWords.split(instruction.arguments(), escape).forEach(this::declare);
        } else if (instruction.is(Keyword.ENV)) {
            set(instruction.arguments());
        } else if (instruction.is(Keyword.WORKDIR)) {
            expand(instruction.arguments().trim()).ifPresent(path -> workdir = resolve(path));
        }
    }

    /** The word with values for its variables; empty if it uses what is not understood. */
    public Optional<String> expand(String word) {
        Map<String, String> values = new HashMap<>(args);
        values.putAll(env);
        return ShellWords.expand(word, values, escape);
    }

    /** An absolute path in the image, without trailing slash. */
    public String resolve(String path) {
        String absolute = path.startsWith("/") ? path : workdir + "/" + path;
        return "/" + GlobPath.clean(absolute);
    }

    private void declare(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Optional<String> written = equals < 0 ? Optional.empty() : expand(word.substring(equals + 1));
        Optional.ofNullable(given.get(name))
                .or(() -> written)
                .or(() -> Optional.ofNullable(global.get(name)))
                .ifPresent(value -> args.put(name, value));
    }

    private void set(String arguments) {
        List<String> words = ShellWords.split(arguments, escape);
        if (words.isEmpty()) {
            return;
        }
        Map<String, String> set = new HashMap<>();
        if (words.get(0).indexOf('=') > 0) {
            for (String word : words) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    expand(word.substring(equals + 1)).ifPresent(value -> set.put(word.substring(0, equals), value));
                }
            }
        } else {
            String name = words.get(0);
            expand(arguments.trim().substring(name.length()).trim()).ifPresent(value -> set.put(name, value));
        }
        env.putAll(set);
    }
}
