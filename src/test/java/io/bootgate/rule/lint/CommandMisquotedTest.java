package io.bootgate.rule.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandMisquotedTest {
    private static final LintRule RULE = new CommandMisquoted();

    @Test
    void singleQuotesAreNoJson() {
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD ['gunicorn', 'app:app']")
                        .found(RULE))
                .containsExactly("ERROR Dockerfile:2");
    }

    @Test
    void jsonIsFine() {
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD [\"gunicorn\", \"app:app\"]")
                        .found(RULE))
                .isEmpty();
    }

    @Test
    void aTestOfTheShellIsNoMistake() {
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD [ -f app.py ] && python app.py")
                        .found(RULE))
                .isEmpty();
    }

    @Test
    void severalWordsInOneAreNoProgram() {
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD [\"gunicorn app:app\"]")
                        .found(RULE))
                .containsExactly("ERROR Dockerfile:2");
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD [\"gunicorn\", \"--workers 2\", \"app:app\"]")
                        .found(RULE))
                .containsExactly("ERROR Dockerfile:2");
        assertThat(WrittenProject.withDockerfile("FROM python:3.12", "CMD [\"sh\", \"-c\", \"gunicorn app:app\"]")
                        .found(RULE))
                .isEmpty();
    }

    @Test
    void anEntryPointMayTakeACommandInOneText() {
        assertThat(WrittenProject.withDockerfile(
                                "FROM python:3.12", "ENTRYPOINT [\"/bin/sh\", \"-c\"]", "CMD [\"gunicorn app:app\"]")
                        .found(RULE))
                .isEmpty();
    }
}
