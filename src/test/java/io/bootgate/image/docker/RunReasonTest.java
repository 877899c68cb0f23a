package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReasonTest {
    @Test
    void tellsAnIndexThatCannotBeReachedFromAVersionThatDoesNotExist() {
        assertThat(reason(1, """
                        WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip.X object>: Failed to \
                        establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/flask/
                        ERROR: Could not find a version that satisfies the requirement flask==3.0 (from versions: none)
                        ERROR: No matching distribution found for flask==3.0
                        """)).isEqualTo("pip could not reach the package index to get flask==3.0.");
        assertThat(reason(1, """
                        ERROR: Could not find a version that satisfies the requirement flask==99 (from versions: 0.1, 3.1.0)
                        ERROR: No matching distribution found for flask==99
                        """)).isEqualTo("pip found no distribution that matches flask==99.");
    }

    @Test
    void namesThePythonThatARequirementWants() {
        assertThat(reason(1, """
                        ERROR: Ignored the following versions that require a different python version: 2.0.0 Requires-Python >=3.13
                        ERROR: Could not find a version that satisfies the requirement shop==2.0.0 (from versions: 1.0)
                        ERROR: No matching distribution found for shop==2.0.0
                        """))
                .isEqualTo(
                        "pip found no distribution of shop==2.0.0 for the image's Python (2.0.0 wants Python >=3.13).");
    }

    @Test
    void namesTheRequirementWhoseHashDiffers() {
        assertThat(reason(1, """
                        ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package \
                        versions, please update the hashes. Otherwise, examine the package contents carefully; someone may have \
                        tampered with them.
                            flask==3.0.0 from https://files.example.org/flask-3.0.0.whl (from -r requirements.txt (line 1)):
                                Expected sha256 00
                                     Got        21
                        """)).isEqualTo("The hash of flask==3.0.0 is not the one in the requirements file.");
    }

    @Test
    void namesWhatABuildFromSourceLacks() {
        assertThat(
                        reason(
                                1,
                                "      error: command 'gcc' failed: No such file or directory\nERROR: Failed building wheel for x"))
                .isEqualTo("A package is built from source and needs a compiler (gcc) that the image lacks; install"
                        + " build-essential, or use a binary wheel.");
        assertThat(reason(
                        1,
                        "  fatal error: Python.h: No such file or directory\n   error: command '/usr/bin/gcc' failed with exit"
                                + " code 1"))
                .startsWith("A package is built from source and needs the header Python.h;");
        assertThat(reason(1, "      Error: pg_config executable not found.\n")).contains("needs pg_config");
        assertThat(reason(1, "ERROR: Failed building wheel for uwsgi\n"))
                .isEqualTo("The wheel of uwsgi could not be built.");
    }

    @Test
    void namesTheRequirementsFileThatIsNotCopiedYet() {
        assertThat(
                        reason(
                                1,
                                "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'requirements.txt'"))
                .isEqualTo("The file requirements.txt is not in the image at this point; COPY it before this RUN.");
    }

    @Test
    void namesThePackageThatAptOrApkDoesNotKnow() {
        assertThat(reason(100, "Reading package lists...\nE: Unable to locate package libpq-devel"))
                .isEqualTo("apt knows no package libpq-devel; run apt-get update in the same RUN, and check its name.");
        assertThat(reason(
                        1,
                        "ERROR: unable to select packages:\n  gccx (no such package):\n    required by: world[gccx]"))
                .isEqualTo("apk knows no package gccx.");
    }

    @Test
    void tellsTheExceptionOfAPythonCommand() {
        assertThat(reason(1, """
                        Traceback (most recent call last):
                          File "/app/manage.py", line 22, in <module>
                            main()
                        KeyError: 'SECRET_KEY'
                        """)).isEqualTo("The command failed with KeyError: 'SECRET_KEY'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127 | /bin/sh: 1: poetry: not found | The command poetry is not in the image.",
                "127 | /bin/sh: line 1: uv: command not found | The command uv is not in the image.",
                "127 | -- | A command is not in the image (exit code 127).",
                "137 | Killed | The command was killed (exit code 137), most often for want of memory.",
                "139 | -- | The command crashed (exit code 139).",
                "126 | /bin/sh: 1: ./x.sh: Permission denied | The command may not be executed (exit code 126).",
                "3 | something | The command ended with exit code 3.",
            })
    void readsTheExitCode(int code, String output, String told) {
        assertThat(reason(code, output)).isEqualTo(told);
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() {
        assertThat(RunReason.of("the engine says something new", List.of(), 0)).isEmpty();
    }

    private static String reason(int exitCode, String output) {
        return RunReason.of("exit code: " + exitCode, output.lines().toList(), exitCode)
                .orElseThrow();
    }
}
