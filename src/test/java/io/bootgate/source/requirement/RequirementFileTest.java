package io.bootgate.source.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RequirementFileTest {
    private static Requirements read(Map<String, String> files) {
        return RequirementFile.read("requirements.txt", path -> Optional.ofNullable(files.get(path)));
    }

    private static List<String> shown(List<Listed> listed) {
        return listed.stream()
                .map(one -> one.path() + ":" + one.line() + " " + one.name()
                        + one.requirement().extras() + one.requirement().specifiers())
                .toList();
    }

    @Test
    void readsAllThatPipReads() {
        Requirements requirements = read(Map.of(
                "requirements.txt",
                """
                # a comment
                Flask[async,dotenv] >= 2.0, < 3  # why
                --index-url https://example.com/simple
                -r sub/more.txt
                -c constraints.txt
                requests==2.31.0 \\
                    --hash=sha256:aaaa \\
                    --hash=sha256:bbbb
                colorama==0.4.6 ; sys_platform == "win32"
                zope.interface
                """,
                "sub/more.txt",
                "-r ../base.txt\nsix\n",
                "base.txt",
                "PyYAML==6.0\n",
                "constraints.txt",
                "werkzeug<3\n"));
        assertThat(shown(requirements.listed()))
                .containsExactly(
                        "requirements.txt:2 flask[async, dotenv][>=2.0, <3]",
                        "base.txt:1 pyyaml[][==6.0]",
                        "sub/more.txt:2 six[][]",
                        "requirements.txt:6 requests[][==2.31.0]",
                        "requirements.txt:9 colorama[][==0.4.6]",
                        "requirements.txt:10 zope-interface[][]");
        assertThat(shown(requirements.constraints())).containsExactly("constraints.txt:1 werkzeug[][<3]");
        assertThat(requirements.locked()).isTrue();
        assertThat(requirements.opaque()).isFalse();
        assertThat(requirements.problems()).isEmpty();
    }

    @Test
    void leavesOutWhatIsForOtherSystemsAndPythons() {
        Requirement windows =
                Requirement.of("colorama; sys_platform == 'win32'").orElseThrow();
        assertThat(windows.applies(OptionalInt.empty())).isFalse();
        Requirement old = Requirement.of("tomli>=1; python_version < '3.11'").orElseThrow();
        assertThat(old.applies(OptionalInt.of(10))).isTrue();
        assertThat(old.applies(OptionalInt.of(12))).isFalse();
        assertThat(old.applies(OptionalInt.empty())).isTrue();
        Requirement both = Requirement.of(
                        "x; (os_name == 'nt' or sys_platform != 'win32') and python_full_version >= '3.9.1'")
                .orElseThrow();
        assertThat(both.applies(OptionalInt.of(9))).isTrue();
        assertThat(both.applies(OptionalInt.of(8))).isFalse();
        assertThat(Requirement.of("x; '3.8' <= python_version").orElseThrow().applies(OptionalInt.of(7)))
                .isFalse();
        assertThat(Requirement.of("x; platform_machine not in 'arm64 aarch64'")
                        .orElseThrow()
                        .applies(OptionalInt.of(7)))
                .isTrue();
    }

    @Test
    void whatHasNoNameMakesTheListIncomplete() {
        assertThat(read(Map.of("requirements.txt", "-e .\n")).opaque()).isTrue();
        assertThat(read(Map.of("requirements.txt", "./wheels/thing.whl\n")).opaque())
                .isTrue();
        assertThat(read(Map.of("requirements.txt", "git+https://example.com/x.git#egg=orders-lib\n"))
                        .listed())
                .extracting(Listed::name)
                .containsExactly("orders-lib");
        assertThat(read(Map.of("requirements.txt", "thing @ https://example.com/thing.zip\n"))
                        .listed())
                .extracting(Listed::name)
                .containsExactly("thing");
    }

    @Test
    void tellsLinesThatAreNoRequirements() {
        Requirements requirements = read(Map.of("requirements.txt", "flask = 3.1\n\n-r missing.txt\n<<<<<<< HEAD\n"));
        assertThat(requirements.problems())
                .extracting(problem -> problem.line() + " " + problem.message())
                .containsExactly(
                        "1 \"flask = 3.1\" is no requirement.",
                        "3 There is no file missing.txt.",
                        "4 \"<<<<<<< HEAD\" is no requirement.");
    }

    @Test
    void readsProjectsOfEveryTool() {
        Requirements standard = ProjectToml.read("pyproject.toml", """
                [project]
                name = "orders"
                dependencies = [
                    "flask>=3",
                    "requests[socks]==2.31",
                ]
                [project.optional-dependencies]
                postgres = ["psycopg2-binary"]
                [dependency-groups]
                dev = ["pytest"]
                """);
        assertThat(shown(standard.listed()))
                .containsExactly(
                        "pyproject.toml:4 flask[][>=3]",
                        "pyproject.toml:5 requests[socks][==2.31]",
                        "pyproject.toml:8 psycopg2-binary[][]",
                        "pyproject.toml:10 pytest[][]");
        assertThat(standard.listed())
                .extracting(Listed::group)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.of("postgres"), Optional.of("dev"));
        Requirements poetry = ProjectToml.read("pyproject.toml", """
                [tool.poetry.dependencies]
                python = "^3.11"
                flask = "^2.3"
                uvicorn = {version = "~0.23", extras = ["standard"]}
                lib = {git = "https://example.com/lib.git"}
                [tool.poetry.group.test.dependencies]
                pytest = "*"
                """);
        assertThat(shown(poetry.listed()))
                .containsExactly(
                        "pyproject.toml:3 flask[][>=2.3, <3]",
                        "pyproject.toml:4 uvicorn[standard][~=0.23.0]",
                        "pyproject.toml:5 lib[][]",
                        "pyproject.toml:7 pytest[][]");
        assertThat(poetry.opaque()).isTrue();
        assertThat(ProjectToml.python("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.11'\n")
                        .orElseThrow())
                .hasToString("[>=3.11, <4]");
        assertThat(shown(ProjectToml.pipfile(
                                "Pipfile", "[packages]\nflask = \"==3.0\"\n[dev-packages]\npytest = \"*\"\n")
                        .listed()))
                .containsExactly("Pipfile:2 flask[][==3.0]", "Pipfile:4 pytest[][]");
    }

    @Test
    void lockFilesTellWhatIsOnlyForDevelopment() {
        Requirements wanted = ProjectToml.read("pyproject.toml", "[tool.poetry.dependencies]\nflask = '^3'\n");
        Requirements poetry = LockFile.read("poetry.lock", """
                [[package]]
                name = "Flask"
                version = "3.1.0"
                [package.dependencies]
                Jinja2 = ">=3.1"
                [[package]]
                name = "jinja2"
                version = "3.1.2"
                [[package]]
                name = "pytest"
                version = "8.0.0"
                """, wanted);
        assertThat(poetry.listed())
                .filteredOn(listed -> listed.group().isEmpty())
                .extracting(Listed::name)
                .containsExactly("flask", "jinja2");
        assertThat(poetry.locked()).isTrue();
        Requirements uv = LockFile.read("uv.lock", """
                [[package]]
                name = "orders"
                version = "0.1.0"
                source = { virtual = "." }
                dependencies = [{ name = "flask" }]
                [package.dev-dependencies]
                dev = [{ name = "pytest" }]
                [[package]]
                name = "flask"
                version = "3.1.0"
                [[package]]
                name = "pytest"
                version = "8.0.0"
                """, Requirements.NONE);
        assertThat(uv.listed())
                .filteredOn(listed -> listed.group().isEmpty())
                .extracting(Listed::name)
                .containsExactly("flask");
        Requirements pipenv = LockFile.read(
                "Pipfile.lock",
                "{\"default\": {\"flask\": {\"version\": \"==3.0\"}}, \"develop\": {\"pytest\": {\"version\": \"==8\"}}}",
                Requirements.NONE);
        assertThat(pipenv.listed())
                .extracting(listed -> listed.name() + listed.group())
                .containsExactly("flaskOptional.empty", "pytestOptional[dev]");
    }

    @Test
    void brokenTomlIsToldAndNotThrown() {
        Requirements broken = ProjectToml.read("pyproject.toml", "[project]\nname = \n");
        assertThat(broken.problems()).extracting(Requirements.Problem::line).containsExactly(2);
        assertThat(broken.opaque()).isTrue();
        assertThat(ProjectToml.pipfile("Pipfile", "{{ cookiecutter.name }}").problems())
                .hasSize(1);
        assertThat(Requirement.normalised("Zope.Interface")).isEqualTo(Requirement.normalised("zope__interface"));
    }
}
