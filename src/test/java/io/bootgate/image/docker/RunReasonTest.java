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
                "126 | /bin/sh: 1: ./x.sh: Permission denied | The command ./x.sh may not be executed (exit code 126): run chmod +x on it, and keep the bit in git.",
                "3 | something | The command ended with exit code 3.",
            })
    void readsTheExitCode(int code, String output, String told) {
        assertThat(reason(code, output)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied) | apt may only be run by root; put this RUN before the USER, or USER root before it.",
                "The following packages have unmet dependencies:\\n zlib-need : Depends: libnothere (>= 9) but it is not installable\\nE: Unable to correct problems, you have held broken packages. | apt cannot install zlib-need: it needs libnothere (>= 9) but it is not installable.",
                "Err:1 http://no.such.invalid/debian bookworm InRelease\\n  Temporary failure resolving 'no.such.invalid'\\nE: Unable to locate package curl | apt could not reach no.such.invalid for its lists, and so knows no package curl.",
                "E: Failed to fetch http://127.0.0.1:8765/./gone.deb  404  File not found [IP: 127.0.0.1 8765] | apt's lists are out of date: http://127.0.0.1:8765/./gone.deb is not on the server any more (404); run apt-get update in the same RUN.",
                "Usage:\\n  pip install [options]\\n\\nno such option: --no-such-option | pip knows no option --no-such-option.",
                "      Exception: you need a C compiler to build uWSGI\\nerror: legacy-install-failure | A package is built from source and needs a compiler (C compiler) that the image lacks; install build-essential, or use a binary wheel.",
                "      Exception: Can not find valid pkg-config name.\\nerror: subprocess-exited-with-error | A package is built from source and needs pkg-config and a library's development package; install them, or use a binary wheel.",
                "ERROR: Cannot find command 'git' - do you have 'git' installed and in your PATH? | A requirement comes from git, which is not in the image; install git before this RUN, or require a released version.",
                "ERROR: file:///app does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found. | The folder app has neither setup.py nor pyproject.toml at this point; COPY it before this RUN.",
                "ERROR: Hashes are required in --require-hashes mode, but they are missing from some requirements.\\n    flask==3.0.0 --hash=sha256:21128f47 | Flask==3.0.0 has no hash in the requirements file, where others have one: then pip wants one of each.",
                "error: Failed to fetch: https://pypi.org/simple/flask/\\n  cause: error sending request for url (https://pypi.org/simple/flask/)\\n  cause: client error (Connect)\\n  cause: invalid peer certificate: UnknownIssuer | uv could not fetch https://pypi.org/simple/flask/: invalid peer certificate: UnknownIssuer.",
                "chown: invalid user: ‘app:app’ | chown: invalid user: ‘app:app’.",
                "mkdir: cannot create directory ‘/opt/x’: Permission denied | This RUN may not do what it tries as the user that it runs as (mkdir: cannot create directory ‘/opt/x’: Permission denied).",
                "/x.sh: 1: set: Illegal option - | A script has the line ends of Windows (CRLF); save it with LF, or tell git so: *.sh text eol=lf in .gitattributes.",
            })
    void tellsWhatToolsSayInTheirOwnWords(String output, String told) {
        assertThat(reason(1, output.replace("\\n", "\n"))).isEqualTo(told);
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
