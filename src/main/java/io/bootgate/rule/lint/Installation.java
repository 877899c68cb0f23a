package io.bootgate.rule.lint;

import io.bootgate.source.dockerfile.GlobPath;
import io.bootgate.source.requirement.Listed;
import io.bootgate.source.requirement.LockFile;
import io.bootgate.source.requirement.ProjectToml;
import io.bootgate.source.requirement.Requirement;
import io.bootgate.source.requirement.RequirementFile;
import io.bootgate.source.requirement.Requirements;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which distributions the commands of a Dockerfile install.
 *
 * @param requirements what is asked for, of the groups that are installed
 * @param left what is asked for in groups that are not installed
 * @param system packages of the system that the final stage installs
 * @param project whether the project itself is installed as a distribution
 * @param any whether anything installs Python packages at all
 */
record Installation(
        Requirements requirements,
        List<Listed> left,
        Set<String> system,
        boolean project,
        boolean any,
        boolean opaque) {
    private static final Set<String> WITH_VALUE = Set.of(
            "-i",
            "--index-url",
            "--extra-index-url",
            "-f",
            "--find-links",
            "--trusted-host",
            "-t",
            "--target",
            "--prefix",
            "--root",
            "--python",
            "-p",
            "--cache-dir",
            "--timeout",
            "--retries",
            "--proxy",
            "--cert",
            "--platform",
            "--python-version",
            "--progress-bar",
            "--src",
            "--only-binary",
            "--no-binary",
            "--root-user-action",
            "--log",
            "--implementation",
            "--abi",
            "--upgrade-strategy",
            "-w",
            "--wheel-dir",
            "-d",
            "--dest",
            "--index",
            "--default-index",
            "--resolution",
            "--exclude-newer",
            "--link-mode",
            "--default-timeout",
            "--use-feature");
    private static final Set<String> GROUPS =
            Set.of("--with", "--only", "--group", "--only-group", "--extra", "-E", "--extras", "-G");
    private static final Pattern PYTHON = Pattern.compile("(?:.*/)?(?:python|pypy)[0-9.]*");
    private static final Pattern PIP = Pattern.compile("(?:.*/)?pip[0-9.]*");

    private record Slot(Installation installation) {}

    static Installation of(LintProject project, ImagePlan plan) {
        return project.read(Slot.class, source -> new Slot(new Reader(project, plan).read()))
                .installation();
    }

    /** Names that are installed, as indexes compare them, without those that they need themselves. */
    Set<String> names(java.util.OptionalInt minor) {
        Set<String> names = new LinkedHashSet<>();
        requirements.listed().stream()
                .filter(listed -> listed.requirement().applies(minor))
                .forEach(listed -> names.add(listed.name()));
        return names;
    }

    /** Goes through the commands once. */
    private static final class Reader {
        private final LintProject project;
        private final ImagePlan plan;
        private Requirements requirements = Requirements.NONE;
        private final List<Listed> left = new ArrayList<>();
        private final Set<String> system = new HashSet<>();
        private boolean installsProject;
        private boolean any;
        private boolean opaque;

        private Reader(LintProject project, ImagePlan plan) {
            this.project = project;
            this.plan = plan;
        }

        private Installation read() {
            for (ImagePlan.Run run : plan.runs()) {
                command(run, run.words());
            }
            return new Installation(
                    requirements,
                    left,
                    system,
                    installsProject,
                    any,
                    opaque || requirements.opaque() || !plan.isBare());
        }

        private void command(ImagePlan.Run run, List<String> words) {
            if (words.isEmpty()) {
                return;
            }
            String first = words.get(0);
            List<String> rest = words.subList(1, words.size());
            String name = first.substring(first.lastIndexOf('/') + 1);
            boolean prefix = (first.contains("=") && !first.startsWith("-"))
                    || Set.of("sudo", "exec", "then", "do", "if", "time", "env", "(", "!", "set")
                            .contains(name);
            if (prefix) {
                command(run, rest);
            } else if (PYTHON.matcher(first).matches()
                    && rest.size() > 1
                    && rest.get(0).equals("-m")) {
                command(run, rest.subList(1, rest.size()));
            } else if (PIP.matcher(first).matches()) {
                pip(run, rest);
            } else {
                tool(name, run, rest);
            }
        }

        private void tool(String name, ImagePlan.Run run, List<String> rest) {
            String verb = rest.stream()
                    .filter(word -> !word.startsWith("-"))
                    .findFirst()
                    .orElse("");
            switch (name) {
                case "uv" -> uv(run, rest, verb);
                case "poetry" -> {
                    if (verb.equals("install") || verb.equals("sync")) {
                        locked(run, rest, "poetry.lock");
                    } else if (verb.equals("add") || verb.equals("export")) {
                        opaque = true;
                        any = true;
                    }
                }
                case "pdm", "hatch", "rye", "flit", "pixi" -> {
                    opaque |= !verb.isEmpty();
                    any |= !verb.isEmpty();
                }
                case "pipenv" -> {
                    if (verb.equals("install") || verb.equals("sync")) {
                        pipenv(run, rest);
                    } else if (verb.equals("requirements") || verb.equals("lock")) {
                        opaque = true;
                    }
                }
                case "conda",
                        "mamba",
                        "micromamba",
                        "easy_install",
                        "pipx",
                        "curl",
                        "wget",
                        "git",
                        "unzip",
                        "tar",
                        "make",
                        "bash",
                        "sh",
                        "source",
                        "python",
                        "python3" -> opaque |= mayInstall(name, rest);
                case "apt-get", "apt", "apk", "yum", "dnf", "microdnf" -> packages(run, rest);
                default -> opaque |= name.endsWith(".sh") || name.endsWith(".py");
            }
        }

        /** Tools that fetch or run something that cannot be seen; a plain download of one file does not install. */
        private static boolean mayInstall(String name, List<String> rest) {
            return switch (name) {
                case "curl", "wget" -> false;
                case "python", "python3" -> rest.stream().anyMatch(word -> word.endsWith(".py"));
                default -> true;
            };
        }

        private void packages(ImagePlan.Run run, List<String> rest) {
            for (String word : rest) {
                String name = word.toLowerCase(Locale.ROOT).replaceFirst("[=~<>:].*$", "");
                if (run.last()) {
                    system.add(name);
                }
                opaque |= (name.startsWith("python3-") || name.startsWith("py3-") || name.startsWith("python-"))
                        && !name.matches(
                                "(python3?|py3)-(pip|dev|venv|setuptools|wheel|full|distutils|minimal)(-whl)?");
            }
        }

        private void pip(ImagePlan.Run run, List<String> words) {
            int verb = 0;
            while (verb < words.size() && words.get(verb).startsWith("-")) {
                verb += WITH_VALUE.contains(words.get(verb)) ? 2 : 1;
            }
            if (verb >= words.size()) {
                return;
            }
            switch (words.get(verb)) {
                case "install", "wheel", "download" -> install(run, words.subList(verb + 1, words.size()));
                case "sync" -> install(run, addRequirementFlags(words.subList(verb + 1, words.size())));
                case "uninstall" -> opaque = true;
                default -> {}
            }
        }

        private static List<String> addRequirementFlags(List<String> files) {
            List<String> words = new ArrayList<>();
            for (String file : files) {
                if (!file.startsWith("-")) {
                    words.add("-r");
                }
                words.add(file);
            }
            return words;
        }

        private void install(ImagePlan.Run run, List<String> words) {
            any = true;
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.equals("-r") || word.equals("--requirement")) {
                    i++;
                    file(run, i < words.size() ? words.get(i) : "");
                } else if (word.startsWith("--requirement=") || (word.startsWith("-r") && word.length() > 2)) {
                    file(run, word.startsWith("--") ? word.substring(word.indexOf('=') + 1) : word.substring(2));
                } else if (word.equals("-c") || word.equals("--constraint") || WITH_VALUE.contains(word)) {
                    i++;
                } else if (word.equals("-e") || word.equals("--editable")) {
                    i++;
                    place(run, i < words.size() ? words.get(i) : ".");
                } else if (!word.startsWith("-")) {
                    asked(run, word);
                }
            }
        }

        private void asked(ImagePlan.Run run, String word) {
            boolean isPlace =
                    word.startsWith(".") || word.startsWith("/") || word.contains("://") || word.endsWith(".whl");
            Optional<Requirement> requirement = isPlace ? Optional.empty() : Requirement.of(word);
            if (requirement.isPresent()) {
                Listed listed = new Listed(requirement.get(), dockerfile(), run.line(), Optional.empty());
                requirements = requirements.and(new Requirements(List.of(listed), List.of(), List.of(), false, false));
            } else {
                place(run, word);
            }
        }

        private String dockerfile() {
            return project.dockerfile().map(LintProject.DockerfileSource::path).orElse("Dockerfile");
        }

        /** A folder: the project itself, if it has a pyproject.toml that can be read. Wheels that an earlier command made are known. */
        private void place(ImagePlan.Run run, String word) {
            if (word.contains("*") && !word.contains("://")) {
                return;
            }
            String folder = resolve(run, word.replaceFirst("\\[.*$", ""));
            Optional<String> toml = Optional.ofNullable(run.files().get(folder + "/pyproject.toml"));
            if (toml.isEmpty()) {
                opaque = true;
                installsProject = true;
                return;
            }
            installsProject = true;
            Requirements asked = text(toml.get())
                    .map(text -> ProjectToml.read(toml.get(), text))
                    .orElse(Requirements.NONE);
            Set<String> extras = new HashSet<>();
            if (word.contains("[")) {
                for (String extra :
                        word.replaceFirst("^[^\\[]*\\[", "").replace("]", "").split(",", -1)) {
                    extras.add(extra.strip());
                }
            }
            add(asked, extras, false);
        }

        private void file(ImagePlan.Run run, String path) {
            String inImage = resolve(run, path);
            Optional<String> file = Optional.ofNullable(run.files().get(inImage));
            if (file.isEmpty()) {
                opaque = true;
                return;
            }
            requirements = requirements.and(RequirementFile.read(file.get(), this::text));
        }

        private static String resolve(ImagePlan.Run run, String path) {
            return "/" + GlobPath.clean(path.startsWith("/") ? path : run.workdir() + "/" + path);
        }

        private Optional<String> text(String path) {
            return project.text(path).map(text -> text.text());
        }

        private void uv(ImagePlan.Run run, List<String> rest, String verb) {
            if (verb.equals("sync")) {
                locked(run, rest, "uv.lock");
            } else if (verb.equals("pip")) {
                pip(run, rest.subList(rest.indexOf("pip") + 1, rest.size()));
            } else if (verb.equals("add") || verb.equals("tool") || verb.equals("export")) {
                opaque = true;
                any = true;
            }
        }

        /** {@code poetry install} and {@code uv sync}. */
        private void locked(ImagePlan.Run run, List<String> rest, String lockName) {
            any = true;
            Optional<String> toml = Optional.ofNullable(run.files().get(resolve(run, "pyproject.toml")));
            Optional<String> lock = Optional.ofNullable(run.files().get(resolve(run, lockName)));
            boolean root =
                    rest.stream().noneMatch(word -> word.equals("--no-root") || word.equals("--no-install-project"));
            installsProject |= root;
            if (toml.isEmpty()) {
                opaque = true;
                return;
            }
            Requirements asked = text(toml.get())
                    .map(text -> ProjectToml.read(toml.get(), text))
                    .orElse(Requirements.NONE);
            boolean dev = rest.stream()
                    .noneMatch(word -> word.equals("--no-dev")
                            || word.equals("--no-default-groups")
                            || word.equals("--only-main")
                            || word.startsWith("--only=")
                            || word.equals("--only")
                            || word.equals("--without")
                            || word.startsWith("--without="));
            Set<String> groups = named(rest);
            if (rest.contains("--all-extras") || rest.contains("--all-groups")) {
                dev = true;
            }
            if (lock.isPresent()) {
                Requirements all = text(lock.get())
                        .map(text -> LockFile.read(lock.get(), text, asked))
                        .orElse(Requirements.NONE);
                add(all, groups, dev || !groups.isEmpty());
            } else {
                add(asked, groups, dev);
            }
        }

        private static Set<String> named(List<String> words) {
            Set<String> groups = new HashSet<>();
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
                if (GROUPS.contains(option)) {
                    String value = word.contains("=")
                            ? word.substring(word.indexOf('=') + 1)
                            : i + 1 < words.size() ? words.get(i + 1) : "";
                    for (String group : value.split("[, ]+", -1)) {
                        if (!group.equals("main")) {
                            groups.add(group);
                        }
                    }
                }
            }
            return groups;
        }

        private void pipenv(ImagePlan.Run run, List<String> rest) {
            any = true;
            Optional<String> pipfile = Optional.ofNullable(run.files().get(resolve(run, "Pipfile")));
            Optional<String> lock = Optional.ofNullable(run.files().get(resolve(run, "Pipfile.lock")));
            boolean dev = rest.contains("--dev") || rest.contains("-d");
            boolean named = rest.stream().skip(1).anyMatch(word -> !word.startsWith("-"));
            if (named || (pipfile.isEmpty() && lock.isEmpty())) {
                opaque = true;
                return;
            }
            Requirements all = lock.isPresent()
                    ? text(lock.get())
                            .map(text -> LockFile.read(lock.get(), text, Requirements.NONE))
                            .orElse(Requirements.NONE)
                    : text(pipfile.get())
                            .map(text -> ProjectToml.pipfile(pipfile.get(), text))
                            .orElse(Requirements.NONE);
            add(all, Set.of(), dev);
        }

        private void add(Requirements all, Set<String> groups, boolean everything) {
            List<Listed> in = new ArrayList<>();
            for (Listed listed : all.listed()) {
                boolean wanted = everything
                        || listed.group().isEmpty()
                        || groups.contains(listed.group().get());
                (wanted ? in : left).add(listed);
            }
            requirements = requirements.and(
                    new Requirements(in, all.constraints(), all.problems(), all.opaque(), all.locked()));
        }
    }
}
