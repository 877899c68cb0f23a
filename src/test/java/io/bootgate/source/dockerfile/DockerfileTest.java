package io.bootgate.source.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bootgate.source.dockerfile.Dockerfile.Stage;
import io.bootgate.source.dockerfile.Instruction.Heredoc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    @Test
    void tellsTheLinesOfEveryInstruction() {
        Dockerfile dockerfile = Dockerfile.parse("""
                # The image of the shop

                FROM python:3.12-slim
                ENV PYTHONUNBUFFERED=1 \\
                    PIP_NO_CACHE_DIR=1

                RUN apt-get update \\
                 && apt-get install -y --no-install-recommends \\
                    # the driver of the database
                      libpq5 \\

                 && rm -rf /var/lib/apt/lists/*
                  # shop itself
                copy . /app
                CMD ["gunicorn", "shop:app"]
                """);

        assertThat(dockerfile.instructions())
                .extracting(Instruction::text, Instruction::line, Instruction::lastLine)
                .containsExactly(
                        tuple("FROM python:3.12-slim", 3, 3),
                        tuple("ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1", 4, 5),
                        tuple(
                                "RUN apt-get update && apt-get install -y --no-install-recommends libpq5"
                                        + " && rm -rf /var/lib/apt/lists/*",
                                7,
                                12),
                        tuple("COPY . /app", 14, 14),
                        tuple("CMD [\"gunicorn\", \"shop:app\"]", 15, 15));
    }

    @Test
    void readsFlagsApartFromArguments() {
        Instruction copy = only("COPY --from=build --chown=1000:1000 --link \\\n  /app /app");

        assertThat(copy.flags()).containsExactly("--from=build", "--chown=1000:1000", "--link");
        assertThat(copy.flag("from")).contains("build");
        assertThat(copy.flag("link")).contains("");
        assertThat(copy.flag("chmod")).isEmpty();
        assertThat(copy.words()).containsExactly("/app", "/app");
    }

    @Test
    void knowsExecFormsFromShellForms() {
        assertThat(only("CMD [\"gunicorn\", \"-b\", \":80\", \"a\\\"b\"]").execForm())
                .contains(List.of("gunicorn", "-b", ":80", "a\"b"));
        assertThat(only("CMD gunicorn app:app").execForm()).isEmpty();
        assertThat(only("CMD ['gunicorn', 'app:app']").execForm()).isEmpty();
        assertThat(only("CMD [\"gunicorn\", 1]").execForm()).isEmpty();
        assertThat(only("CMD [ -f x ] && y").execForm()).isEmpty();
    }

    @Test
    void honoursTheEscapeDirective() {
        Dockerfile dockerfile = Dockerfile.parse("# Escape = `\nFROM python\nCOPY app.py `\n  C:\\app\\\nRUN x\n");

        assertThat(dockerfile.escape()).isEqualTo('`');
        assertThat(dockerfile.instructions())
                .extracting(Instruction::text)
                .containsExactly("FROM python", "COPY app.py C:\\app\\", "RUN x");
    }

    @Test
    void takesADirectiveBelowACommentForAComment() {
        Dockerfile dockerfile = Dockerfile.parse("# hello\n# escape=`\nFROM a\nRUN b \\\n c\n");

        assertThat(dockerfile.escape()).isEqualTo('\\');
        assertThat(dockerfile.instructions()).hasSize(2);
    }

    @Test
    void readsTheSyntaxDirectiveBehindAByteOrderMarkAndWindowsLineEnds() {
        Dockerfile dockerfile =
                Dockerfile.parse("\uFEFF# syntax=docker/dockerfile:1\r\nFROM a\r\nRUN b \\\r\n  c\r\nCMD d\r\n");

        assertThat(dockerfile.directives()).isEqualTo(Map.of("syntax", "docker/dockerfile:1"));
        assertThat(dockerfile.instructions())
                .extracting(Instruction::text, Instruction::line)
                .containsExactly(tuple("FROM a", 2), tuple("RUN b c", 3), tuple("CMD d", 5));
    }

    @Test
    void readsHeredocsWithTheirLines() {
        Dockerfile dockerfile = Dockerfile.parse("""
                FROM python:3.12
                RUN <<EOF
                pip install flask
                # not a comment
                EOF
                COPY <<-"conf" <<two /etc/
                \tworkers = 2
                \tconf
                other
                two
                RUN echo $((1<<2)) && cat <<<word
                """);

        assertThat(dockerfile.instructions())
                .extracting(Instruction::name, Instruction::line, Instruction::lastLine, Instruction::heredocs)
                .containsExactly(
                        tuple("FROM", 1, 1, List.of()),
                        tuple(
                                "RUN",
                                2,
                                5,
                                List.of(new Heredoc("EOF", true, "pip install flask\n# not a comment\n", 3))),
                        tuple(
                                "COPY",
                                6,
                                10,
                                List.of(
                                        new Heredoc("conf", false, "workers = 2\n", 7),
                                        new Heredoc("two", true, "other\n", 9))),
                        tuple("RUN", 11, 11, List.of()));
    }

    @Test
    void findsTheInstructionOfALineInsideAContinuationOrHeredoc() {
        Dockerfile dockerfile = Dockerfile.parse("FROM a\nRUN b \\\n  c\nRUN <<E\nx\nE\n\nCMD d\n");

        assertThat(dockerfile.at(3)).map(Instruction::line).contains(2);
        assertThat(dockerfile.at(5)).map(Instruction::line).contains(4);
        assertThat(dockerfile.at(7)).isEmpty();
    }

    @Test
    void partsStages() {
        Dockerfile dockerfile = Dockerfile.parse("""
                ARG VERSION=3.12
                FROM --platform=linux/amd64 python:${VERSION} AS Builder
                RUN make
                FROM builder
                FROM python as final
                COPY --from=0 /a /b
                """);

        assertThat(dockerfile.preamble()).extracting(Instruction::text).containsExactly("ARG VERSION=3.12");
        assertThat(dockerfile.stages())
                .extracting(Stage::index, Stage::base, stage -> stage.name().orElse("-"))
                .containsExactly(
                        tuple(0, "python:${VERSION}", "builder"),
                        tuple(1, "builder", "-"),
                        tuple(2, "python", "final"));
        assertThat(dockerfile.stage("BUILDER")).map(Stage::index).contains(0);
        assertThat(dockerfile.stage("1")).map(Stage::index).contains(1);
        assertThat(dockerfile.stage("nosuch")).isEmpty();
    }

    @Test
    void readsWhatAnOnbuildLeaves() {
        Instruction onbuild = only("ONBUILD COPY --chown=1 . /app");

        assertThat(onbuild.trigger())
                .hasValueSatisfying(trigger -> assertThat(trigger.text()).isEqualTo("COPY --chown=1 . /app"));
    }

    @Test
    void survivesWhatIsNoDockerfile() {
        assertThat(Dockerfile.parse("").instructions()).isEmpty();
        assertThat(Dockerfile.parse("# only\n\n").instructions()).isEmpty();
        assertThat(Dockerfile.parse("FROM a\nRUN x \\\n# end\n").instructions())
                .extracting(Instruction::text)
                .containsExactly("FROM a", "RUN x");
        assertThat(Dockerfile.parse("RUN <<EOF\nnever ended").instructions()).hasSize(2);
        assertThat(Dockerfile.parse("COPY --\nFROM").instructions()).hasSize(2);
        assertThat(Dockerfile.parse("{\n \"a\": [1, 2]\n}\n").stages()).isEmpty();
    }

    private static Instruction only(String text) {
        List<Instruction> instructions = Dockerfile.parse(text).instructions();
        assertThat(instructions).hasSize(1);
        return instructions.get(0);
    }
}
