package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import io.bootgate.image.BuildLog;
import io.bootgate.image.BuildOutcome;
import io.bootgate.image.BuildOutcome.Built;
import io.bootgate.image.BuildOutcome.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What building from a Dockerfile must do on every engine. Builds for real. */
abstract class ImageBuilderContract {
    static final String BASE = System.getProperty("bootgate.it.base", "bootgate/python:bookworm");

    final String reference = "bootgate-it/" + UUID.randomUUID() + ":1";
    private final List<String> steps = new ArrayList<>();
    final List<String> output = new ArrayList<>();

    @TempDir
    Path folder;

    @TempDir
    Path outside;

    private DockerHttpClient http;
    DockerClient client;

    /** The engine, if this machine has it. */
    abstract Optional<DockerHttpClient> engine();

    @BeforeEach
    void connect() {
        Optional<DockerHttpClient> engine = engine();
        assumeThat(engine).as("this machine has the engine").isPresent();
        http = engine.orElseThrow();
        client = RealEngine.client(http);
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (client == null) {
            return;
        }
        try {
            client.removeImageCmd(reference).withForce(true).exec();
        } catch (NotFoundException e) {
            steps.add("nothing was built");
        }
        client.close();
        http.close();
    }

    @Test
    void buildsAndTagsTheImage() throws IOException {
        write("app.py", "print('hello')\n");
        write("Dockerfile", "FROM " + BASE + "\nWORKDIR /app\nCOPY app.py .\nCMD [\"python3\", \"app.py\"]\n");

        Built built = (Built) build(DockerBuild.of(reference, folder));

        assertThat(built.reference()).isEqualTo(reference);
        assertThat(client.inspectImageCmd(reference).exec().getId()).isEqualTo(built.id());
        assertThat(client.inspectImageCmd(reference).exec().getConfig().getCmd())
                .containsExactly("python3", "app.py");
    }

    @Test
    void tellsItsProgressStepByStep() throws IOException {
        write(
                "Dockerfile",
                "FROM " + BASE
                        + "\nRUN echo one && \\\n    # why\n    printf 'two\\rthree' && echo \"Step 3/3 : x\"\n");

        build(noCache());

        assertThat(steps)
                .containsExactly(
                        "[1/2] FROM " + BASE, "[2/2] RUN echo one && printf 'two\\rthree' && echo \"Step 3/3 : x\"");
        assertThat(output).containsExactly("one", "threeStep 3/3 : x");
    }

    @Test
    void namesTheLineOfTheRunThatFailedAndWhatPipMissed() throws IOException {
        write("docker/web.Dockerfile", """
                # escape=\\
                ARG BASE
                # the builder
                FROM ${BASE} AS builder
                WORKDIR /app

                RUN echo begin && \\
                    # not the last line
                    pip install --no-index \\
                      --break-system-packages nosuchpackage==1.0

                FROM ${BASE}
                COPY --from=builder /app /app
                """);
        DockerBuild build = with("docker/web.Dockerfile", Map.of("BASE", BASE));

        Failed failed = (Failed) build(build);

        assertThat(failed.file()).isEqualTo("docker/web.Dockerfile");
        assertThat(failed.line()).isEqualTo(OptionalInt.of(7));
        assertThat(failed.instruction())
                .contains("RUN echo begin && pip install --no-index --break-system-packages nosuchpackage==1.0");
        assertThat(failed.reason()).isEqualTo("pip found no distribution that matches nosuchpackage==1.0.");
        assertThat(failed.output())
                .endsWith("ERROR: No matching distribution found for nosuchpackage==1.0")
                .startsWith("begin");
    }

    @Test
    void leavesNoContainerOfAFailedRunBehind() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nENV MARK=" + reference + "\nRUN exit 7\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.reason()).isEqualTo("The command ended with exit code 7.");
        assertThat(client.listContainersCmd().withShowAll(true).exec().stream()
                        .filter(container -> container.getCommand().contains("exit 7")))
                .isEmpty();
    }

    @Test
    void saysThatACopiedFileIsNotThere() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\n\nCOPY requirements.txt /app/\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(3));
        assertThat(failed.reason()).isEqualTo("requirements.txt is not in the build context " + folder + ".");
    }

    @Test
    void saysWhichLineOfTheIgnoreFileKeepsACopiedFileOut() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nCOPY app.py config/prod.env /app/\n");
        write("app.py", "");
        write("config/prod.env", "");
        write(".dockerignore", "# secrets\n\n**/*.env\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason())
                .isEqualTo(
                        "config/prod.env is there, but line 3 of .dockerignore (**/*.env) keeps it out of the build.");
    }

    @Test
    void saysThatAnInstructionDoesNotExist() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\n\n# install\nRUM pip install flask\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(4));
        assertThat(failed.reason()).isEqualTo("There is no Dockerfile instruction RUM.");
    }

    @Test
    void saysThatACommandIsNotInTheImage() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nRUN poetry install\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.reason()).isEqualTo("The command poetry is not in the image.");
    }

    @Test
    void saysThatTheProgramOfAnExecFormIsNotInTheImage() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nRUN [\"poetry\", \"install\"]\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).isEqualTo("The program poetry is not in the image.");
    }

    @Test
    void saysThatTheImageHasNoSuchUser() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nUSER web\nRUN true\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(3));
        assertThat(failed.reason()).isEqualTo("The image has no user web.");
    }

    @Test
    void saysThatTheRegistryOfTheBaseImageCannotBeReached() throws IOException {
        write("Dockerfile", "FROM " + BASE + " AS one\nFROM 127.0.0.1:1/acme/python:3\nCOPY --from=one /etc /x\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason())
                .isEqualTo(
                        "The base image 127.0.0.1:1/acme/python:3 is not on the engine, and its registry could not be"
                                + " reached: connection refused.");
    }

    @Test
    void saysThatThereIsNoSuchTarget() throws IOException {
        write("Dockerfile", "FROM " + BASE + " AS build\nFROM build AS web\n");
        DockerBuild plain = DockerBuild.of(reference, folder);

        Failed failed = (Failed) build(new DockerBuild(
                reference,
                folder,
                plain.dockerfile(),
                plain.context(),
                Map.of(),
                Optional.of("prod"),
                Optional.empty(),
                false,
                false));

        assertThat(failed.line()).isEmpty();
        assertThat(failed.reason())
                .isEqualTo("The Dockerfile has no stage prod, which <docker><target> names; it has build, web.");
    }

    @Test
    void saysThatTheDockerfileIsEmpty() throws IOException {
        write("Dockerfile", "");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.reason()).isEqualTo("The Dockerfile is empty.");
    }

    @Test
    void buildsTheTargetWithItsArguments() throws IOException {
        write("Dockerfile", """
                ARG BASE
                FROM ${BASE} AS first
                ARG COLOUR=red
                ENV COLOUR=${COLOUR}
                FROM first AS wanted
                CMD ["wanted"]
                FROM first AS last
                RUN exit 1
                """);

        Built built = (Built) build(new DockerBuild(
                reference,
                folder,
                Path.of("Dockerfile"),
                folder,
                Map.of("BASE", BASE, "COLOUR", "blue"),
                Optional.of("wanted"),
                Optional.empty(),
                false,
                true));

        assertThat(client.inspectImageCmd(built.id()).exec().getConfig().getCmd())
                .containsExactly("wanted");
        assertThat(client.inspectImageCmd(built.id()).exec().getConfig().getEnv())
                .contains("COLOUR=blue");
    }

    @Test
    void sendsWhatTheIgnoreFileLeavesAndNothingElse() throws IOException {
        for (String file : List.of(
                "app.py",
                "keep.log",
                "drop.log",
                "sub/drop.log",
                "sub/deep/x/secret.txt",
                "sub/deep/secret.txt",
                "sub/secret.txt",
                "docs/a.md",
                "docs/README.md",
                "docs/inner/b.md",
                "with space.txt",
                "\u00fcml\u00e4ut.txt",
                "a+b.txt",
                "axb.txt",
                "[x].txt",
                "c1.txt",
                "c2.txt",
                "c9.txt",
                "rooted/f",
                "other/rooted/f",
                "#hash.txt",
                "up.txt",
                "venv/lib/python/site.py",
                "venv/keep/me.py",
                "vendor/node_modules/a.js",
                "node_modules/b.js",
                "build/out.o")) {
            write(file, file);
        }
        Files.createDirectories(folder.resolve("empty"));
        write(".dockerignore", """
                # a comment
                *.log
                !keep.log
                  sub/**/secret.txt \s
                docs
                !docs/README.md
                c[1-3].txt
                /rooted
                a+b.txt
                **/node_modules
                venv/
                !venv/keep
                ./build/./x/../
                #hash.txt
                zzz/../up.txt
                """);
        write("Dockerfile", "FROM " + BASE + "\nCOPY . /ctx\n" + listing());

        assertThat(built(DockerBuild.of(reference, folder)))
                .containsExactly(
                        "./#hash.txt",
                        "./.dockerignore",
                        "./Dockerfile",
                        "./[x].txt",
                        "./app.py",
                        "./axb.txt",
                        "./c9.txt",
                        "./docs",
                        "./docs/README.md",
                        "./empty",
                        "./keep.log",
                        "./other",
                        "./other/rooted",
                        "./other/rooted/f",
                        "./sub",
                        "./sub/deep",
                        "./sub/deep/x",
                        "./sub/drop.log",
                        "./vendor",
                        "./venv",
                        "./venv/keep",
                        "./venv/keep/me.py",
                        "./with space.txt",
                        "./\u00fcml\u00e4ut.txt");
    }

    @Test
    void keepsDockerfileAndIgnoreFileOutWhenTheyAreIgnored() throws IOException {
        write("app.py", "");
        write(".dockerignore", "Dockerfile\n.dockerignore\n");
        write("Dockerfile", "FROM " + BASE + "\nCOPY . /ctx\n" + listing());

        assertThat(built(DockerBuild.of(reference, folder))).containsExactly("./app.py");
    }

    @Test
    void takesADockerfileFromOutsideTheContext() throws IOException {
        write("service/app.py", "");
        write("docker/web.Dockerfile", "FROM " + BASE + "\nCOPY . /ctx\n" + listing());

        assertThat(built(new DockerBuild(
                        reference,
                        folder,
                        Path.of("docker/web.Dockerfile"),
                        Path.of("service"),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false)))
                .containsExactly("./app.py");
    }

    @Test
    void prefersTheIgnoreFileOfTheDockerfile() throws IOException {
        write("app.py", "");
        write("notes.txt", "");
        write(".dockerignore", "*.py\n");
        write("web.Dockerfile.dockerignore", "*.txt\n.dockerignore\n*ocker*\n");
        write("web.Dockerfile", "FROM " + BASE + "\nCOPY app.py /ctx/\n" + listing());

        assertThat(built(with("web.Dockerfile", Map.of()))).containsExactly("./app.py");
    }

    @Test
    void sendsModesLinksAndBytesAsTheyAre() throws IOException {
        write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.write(folder.resolve("big.bin"), new byte[300_000]);
        write("a-very-long-folder-name".repeat(6) + "/file-with-a-name-beyond-the-old-limit".repeat(3), "long");
        Files.createSymbolicLink(folder.resolve("inside"), Path.of("run.sh"));
        Path outside = Files.createTempDirectory("bootgate-outside");
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("outside"), outside);
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("."));
        write(
                "Dockerfile",
                "FROM " + BASE
                        + "\nCOPY . /ctx\nRUN cd /ctx; stat -c '%a %u:%g %s %N' run.sh big.bin inside outside loop; "
                        + "cat a-very*/file*/file*/file*; echo; ls outside/ 2>&1 || true\n");

        build(noCache());

        assertThat(output)
                .contains("750 0:0 10 'run.sh'", "644 0:0 300000 'big.bin'", "long")
                .contains("777 0:0 6 'inside' -> 'run.sh'", "777 0:0 1 'loop' -> '.'")
                .noneMatch(line -> line.equals("secret.txt"));
        Files.delete(outside.resolve("secret.txt"));
        Files.delete(outside);
    }

    @Test
    void leadsEveryFileOfTheImageBackToTheBytesItWasMadeOf() throws IOException {
        for (String file : List.of(
                "app.py",
                "shop/__init__.py",
                "shop/views.py",
                "config/prod.py",
                "bin/run.sh",
                "notes.md",
                "data/a.csv")) {
            write(file, "# " + file + "\n");
        }
        write(".dockerignore", "notes.md\nDockerfile\n.dockerignore\n");
        write("Dockerfile", """
                ARG BASE
                ARG ROOT=/srv
                FROM ${BASE} AS build
                ARG ROOT
                ENV HOME_DIR="${ROOT}/app"
                WORKDIR $HOME_DIR
                COPY . .
                COPY config/prod.py settings.py
                COPY [ "bin/*.sh", "data/", "tools/" ]
                FROM ${BASE}
                WORKDIR /app
                COPY --from=build /srv/app .
                COPY shop /app/shop2
                COPY app.py shop
                COPY --from=build /srv/app/settings.py /app/final.py
                RUN find /app -type f | xargs sha256sum
                """);

        Built built = (Built) build(new DockerBuild(
                reference,
                folder,
                Path.of("Dockerfile"),
                folder,
                Map.of("BASE", BASE),
                Optional.empty(),
                Optional.empty(),
                false,
                true));

        List<String> sums = output.stream()
                .filter(line -> line.matches("[0-9a-f]{64}  /app/.*"))
                .toList();
        assertThat(sums).hasSize(13);
        assertThat(sums).allSatisfy(line -> {
            String path = line.substring(66);
            Path origin = built.sources().origin(path).orElseThrow(() -> new AssertionError("no origin of " + path));
            assertThat(line.substring(0, 64)).as(path).isEqualTo(sha256(origin));
        });
    }

    @Test
    void givesTheBuildItsLabelsAndHosts() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nRUN getent hosts pypi.local db.local\n");

        Built built = (Built) build(noCache()
                .with(new BuildOptions(
                        false,
                        Map.of("team", "shop"),
                        List.of(),
                        Optional.empty(),
                        List.of("pypi.local:10.1.2.3", "db.local:10.1.2.4"),
                        List.of(),
                        List.of())));

        assertThat(client.inspectImageCmd(built.id()).exec().getConfig().getLabels())
                .containsEntry("team", "shop");
        assertThat(String.join("\n", output)).contains("10.1.2.3", "10.1.2.4");
    }

    @Test
    void namesTheFromWhoseImageCannotBeHadAlsoWhereTheEngineDoesNot() throws IOException {
        write(
                "Dockerfile",
                "FROM " + BASE + " AS one\nRUN --mount=type=cache,target=/c true\nFROM 127.0.0.1:1/acme/x:3\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(3));
        assertThat(failed.reason())
                .isEqualTo(
                        "The base image 127.0.0.1:1/acme/x:3 is not on the engine, and its registry could not be reached:"
                                + " connection refused.");
    }

    @Test
    void namesTheVariableOfAFromThatHasNoValue() throws IOException {
        write("Dockerfile", "ARG TAG\nFROM python:${TAG}\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).startsWith("FROM python:${TAG} uses the variable TAG, which has no value here:");
    }

    @Test
    void namesAScriptWithTheLineEndsOfWindows() throws IOException {
        write("start.sh", "#!/bin/sh\r\necho\r\n");
        write("Dockerfile", "FROM " + BASE + "\nCOPY start.sh /\nRUN chmod +x /start.sh && /start.sh\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.reason()).startsWith("The script /start.sh has the line ends of Windows (CRLF)");
    }

    @Test
    void buildsAHeredocOrSaysWhatItNeeds() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nWORKDIR /app\nRUN <<EOF\necho from the heredoc\nEOF\nCMD [\"x\"]\n");

        BuildOutcome outcome = build(noCache());

        if (outcome instanceof Failed failed) {
            assertThat(failed.line()).isEqualTo(OptionalInt.of(3));
            assertThat(failed.reason())
                    .matches(
                            "A heredoc \\(<<EOF\\) needs (the BuildKit of Docker Engine 23|Podman 4.8) or newer, which this"
                                    + " engine's builder lacks\\.");
        } else {
            assertThat(output).contains("from the heredoc");
        }
    }

    @Test
    void buildsWhatOnlyNewerBuildersKnow() throws IOException {
        write("run.sh", "#!/bin/sh\n");
        write("Dockerfile", """
                # syntax=docker/dockerfile:1
                ARG BASE
                FROM --platform=$BUILDPLATFORM ${BASE} AS build
                ARG TARGETARCH
                RUN --mount=type=cache,target=/cache echo "for ${TARGETARCH}" > /arch
                FROM ${BASE}
                COPY --chmod=751 run.sh /app/
                COPY --from=build /arch /
                RUN stat -c '%a' /app/run.sh && cat /arch
                """);

        BuildOutcome outcome = build(with("Dockerfile", Map.of("BASE", BASE)));

        assertThat(outcome).isInstanceOf(Built.class);
        assertThat(((Built) outcome).id())
                .isEqualTo(client.inspectImageCmd(reference).exec().getId());
        assertThat(output).contains("751").anyMatch(line -> line.matches("for (amd64|arm64)"));
    }

    @Test
    void namesTheFailingLineOfWhatOnlyNewerBuildersKnow() throws IOException {
        write("Dockerfile", """
                ARG BASE
                FROM ${BASE} AS build
                WORKDIR /app
                ENV X=1

                RUN --mount=type=cache,target=/cache \
                    echo begin && \
                    pip install --break-system-packages --no-index nosuchpackage
                FROM ${BASE}
                COPY --from=build /app /app
                """);

        Failed failed = (Failed) build(with("Dockerfile", Map.of("BASE", BASE)));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(6));
        assertThat(failed.reason()).isEqualTo("pip found no distribution that matches nosuchpackage.");
        assertThat(failed.output()).startsWith("begin");
    }

    @Test
    void saysThatACopiedFileIsNotThereToNewerBuilders() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nCOPY --chmod=755 start.sh /app/\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
        assertThat(failed.reason()).isEqualTo("start.sh is not in the build context " + folder + ".");
    }

    @Test
    void namesATriggerOfTheBaseImage() throws IOException {
        write("Dockerfile", "FROM " + BASE + "\nONBUILD RUN echo trigger && exit 9\n");
        build(DockerBuild.of(reference, folder));
        write("Dockerfile", "# next\nFROM " + reference + "\nRUN echo own\n");

        Failed failed = (Failed) build(DockerBuild.of(reference, folder));

        assertThat(failed.reason())
                .isEqualTo("An ONBUILD instruction of the base image " + reference
                        + " failed. The command ended with exit code 9.");
        assertThat(failed.line()).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void masksWhatIsSecretInEveryLine() throws IOException {
        write(
                "Dockerfile",
                "FROM " + BASE + "\nRUN echo 'token is hunter2' && echo 'E: hunter2: command not found' && exit 127\n");

        Failed failed = (Failed) new DockerImageBuilder(
                        client, DockerBuild.of(reference, folder), text -> text.replace("hunter2", "***"))
                .build(collect());

        assertThat(String.join("\n", steps) + String.join("\n", output) + failed)
                .doesNotContain("hunter2");
        assertThat(output).contains("token is ***");
        assertThat(failed.reason()).isEqualTo("The command *** is not in the image.");
    }

    BuildOutcome build(DockerBuild build) {
        return new DockerImageBuilder(client, build, UnaryOperator.identity()).build(collect());
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** The files that the RUN of {@link #listing()} saw, in the order of bytes. */
    private List<String> built(DockerBuild build) {
        DockerBuild fresh = new DockerBuild(
                build.reference(),
                build.project(),
                build.dockerfile(),
                build.context(),
                build.args(),
                build.target(),
                build.platform(),
                build.pull(),
                true);
        assertThat(build(fresh)).isInstanceOf(Built.class);
        return output.stream().filter(line -> line.startsWith("./")).toList();
    }

    private static String listing() {
        return "RUN cd /ctx && find . | LC_ALL=C sort\n";
    }

    private DockerBuild noCache() {
        return new DockerBuild(
                reference,
                folder,
                Path.of("Dockerfile"),
                folder,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                true);
    }

    private DockerBuild with(String dockerfile, Map<String, String> args) {
        return new DockerBuild(
                reference, folder, Path.of(dockerfile), folder, args, Optional.empty(), Optional.empty(), false, true);
    }

    BuildLog collect() {
        return new BuildLog() {
            @Override
            public void step(String text) {
                steps.add(text);
            }

            @Override
            public void output(String line) {
                output.add(line);
            }
        };
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
