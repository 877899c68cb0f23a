package io.bootgate.image.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.source.dockerfile.Dockerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedFilesTest {
    @TempDir
    Path folder;

    private Map<String, String> args = Map.of();
    private Optional<String> target = Optional.empty();
    private BaseImage base = BaseImage.UNKNOWN;

    @Test
    void copyOfEverythingKeepsThePaths() throws IOException {
        files("app.py", "shop/views.py");

        dockerfile("FROM python:3.12\nWORKDIR /app\nCOPY . .\n");

        leads("/app/app.py", "app.py");
        leads("/app/shop/views.py", "shop/views.py");
        leads("/app/./shop/../app.py", "app.py");
        leadsNowhere("/app/absent.py");
        leadsNowhere("/usr/lib/python3.12/json/__init__.py");
        leadsNowhere("<frozen importlib._bootstrap>");
        leadsNowhere("/app");
    }

    @Test
    void aFolderIsCopiedWithoutItsName() throws IOException {
        files("src/app.py", "src/shop/views.py");

        dockerfile("FROM python\nCOPY src /app/\nCOPY ./src/ /other\n");

        leads("/app/app.py", "src/app.py");
        leads("/app/shop/views.py", "src/shop/views.py");
        leads("/other/shop/views.py", "src/shop/views.py");
        leadsNowhere("/app/src/app.py");
    }

    @Test
    void aFileMayGetAnotherName() throws IOException {
        files("config/gunicorn.prod.py", "wsgi.py");

        dockerfile(
                "FROM python\nWORKDIR /srv\nCOPY config/gunicorn.prod.py gunicorn.conf.py\nCOPY wsgi.py /srv/app/\n");

        leads("/srv/gunicorn.conf.py", "config/gunicorn.prod.py");
        leads("/srv/app/wsgi.py", "wsgi.py");
        leadsNowhere("/srv/gunicorn.prod.py");
    }

    @Test
    void aFileGoesIntoAFolderThatIsAlreadyThere() throws IOException {
        files("app.py");

        dockerfile("FROM python\nWORKDIR /app\nCOPY app.py /app\n");

        leads("/app/app.py", "app.py");
    }

    @Test
    void severalSourcesGoIntoOneFolder() throws IOException {
        files("app.py", "settings/prod.py", "lib/util.py");

        dockerfile("FROM python\nWORKDIR /app\nCOPY app.py settings/prod.py lib ./\n");

        leads("/app/app.py", "app.py");
        leads("/app/prod.py", "settings/prod.py");
        leads("/app/util.py", "lib/util.py");
    }

    @Test
    void wildcardsStandForPartsOfNames() throws IOException {
        files("app.py", "wsgi.py", "pkg_a/one.py", "pkg_b/two.py", "deep/x/three.py", "notes.txt");

        dockerfile("FROM python\nWORKDIR /app\nCOPY *.py ./\nCOPY pkg_? /packages/\nCOPY d*/x/t[h-i]ree.py /deep/\n");

        leads("/app/app.py", "app.py");
        leads("/app/wsgi.py", "wsgi.py");
        leads("/packages/one.py", "pkg_a/one.py");
        leads("/packages/two.py", "pkg_b/two.py");
        leads("/deep/three.py", "deep/x/three.py");
        leadsNowhere("/app/notes.txt");
        leadsNowhere("/app/one.py");
    }

    @Test
    void theLastCopyWins() throws IOException {
        files("old/app.py", "new/app.py", "old/only.py");

        dockerfile("FROM python\nCOPY old /app\nCOPY new /app\n");

        leads("/app/app.py", "new/app.py");
        leads("/app/only.py", "old/only.py");
    }

    @Test
    void followsFilesFromStageToStage() throws IOException {
        files("backend/app.py", "backend/pkg/mod.py", "tools/start.sh");

        dockerfile("""
                FROM python AS base
                WORKDIR /base
                COPY tools/start.sh .
                FROM base AS build
                WORKDIR /src
                COPY backend .
                FROM python
                WORKDIR /app
                COPY --from=build /src /app
                COPY --from=build /src/app.py /opt/main.py
                COPY --from=1 /src/*.py /flat/
                COPY --from=base /base/start.sh /usr/local/bin/
                COPY --from=build --chown=1:1 /src/pkg ./renamed
                """);

        leads("/app/app.py", "backend/app.py");
        leads("/app/pkg/mod.py", "backend/pkg/mod.py");
        leads("/opt/main.py", "backend/app.py");
        leads("/flat/app.py", "backend/app.py");
        leads("/usr/local/bin/start.sh", "tools/start.sh");
        leads("/app/renamed/mod.py", "backend/pkg/mod.py");
        leadsNowhere("/src/app.py");
    }

    @Test
    void aStageInheritsFilesFolderAndVariablesOfTheStageItStartsFrom() throws IOException {
        files("app.py", "extra.py");

        dockerfile("""
                FROM python AS a
                ENV HOME_DIR=/home/web
                WORKDIR $HOME_DIR
                COPY app.py .
                FROM a
                COPY extra.py ${HOME_DIR}/x/
                COPY extra.py .
                """);

        leads("/home/web/app.py", "app.py");
        leads("/home/web/x/extra.py", "extra.py");
        leads("/home/web/extra.py", "extra.py");
    }

    @Test
    void variablesStandInPaths() throws IOException {
        files("services/orders/app.py");
        args = Map.of("SERVICE", "orders");

        dockerfile("""
                ARG SERVICE=shop
                ARG ROOT=/srv
                FROM python
                ARG SERVICE
                ARG ROOT
                ARG SUB=${ROOT}/sub
                ENV APP_HOME=$ROOT/app PORT="80 80"
                ENV LEGACY some value
                WORKDIR ${APP_HOME}
                WORKDIR inner
                COPY services/${SERVICE}/ .
                COPY ["services/$SERVICE/app.py", "$SUB/"]
                """);

        leads("/srv/app/inner/app.py", "services/orders/app.py");
        leads("/srv/sub/app.py", "services/orders/app.py");
    }

    @Test
    void anArgumentIsKnownOnlyInTheStageThatDeclaresIt() throws IOException {
        files("app.py");

        dockerfile("FROM python AS a\nARG DIR=/a\nFROM python\nCOPY app.py ${DIR}/x/\n");

        leads("/x/app.py", "app.py");
    }

    @Test
    void theBaseImageTellsWorkingFolderVariablesAndTriggers() throws IOException {
        files("app.py", "lib.py");
        base = new BaseImage("/usr/src/app", Map.of("LIB", "/lib/own"), List.of("COPY . /onbuild"));

        dockerfile("FROM acme/base\nCOPY app.py .\nCOPY lib.py $LIB/\n");

        leads("/usr/src/app/app.py", "app.py");
        leads("/lib/own/lib.py", "lib.py");
        leads("/onbuild/lib.py", "lib.py");
    }

    @Test
    void whatTheIgnoreFileLeavesOutIsNotInTheImage() throws IOException {
        files("app.py", "secret.py", "tests/test_app.py");
        Files.writeString(folder.resolve(".dockerignore"), "secret.py\ntests\n");

        dockerfile("FROM python\nCOPY . /app\n");

        leads("/app/app.py", "app.py");
        leadsNowhere("/app/secret.py");
        leadsNowhere("/app/tests/test_app.py");
    }

    @Test
    void stopsAtTheTarget() throws IOException {
        files("a.py", "b.py");
        target = Optional.of("dev");

        dockerfile("FROM python AS dev\nCOPY a.py /app/main.py\nFROM python\nCOPY b.py /app/main.py\n");

        leads("/app/main.py", "a.py");
    }

    @Test
    void knowsNothingOfWhatComesFromElsewhere() throws IOException {
        files("app.py");

        dockerfile("""
                FROM python
                COPY app.py /app/
                COPY --from=acme/tools:1 /app.py /app/tool/
                ADD https://example.org/app.py /downloads/
                COPY <<EOF /app/app.py
                print('from the Dockerfile')
                EOF
                """);

        leadsNowhere("/app/tool/app.py");
        leadsNowhere("/downloads/app.py");
        leadsNowhere("/app/app.py");
    }

    @Test
    void neverLeavesTheContext() throws IOException {
        Path outer = folder;
        Files.writeString(outer.resolve("secret.py"), "");
        folder = Files.createDirectory(outer.resolve("service"));
        files("app.py");
        Files.createSymbolicLink(folder.resolve("link.py"), outer.resolve("secret.py"));

        dockerfile("FROM python\nCOPY ../secret.py /app/\nCOPY . /all\n");

        leadsNowhere("/app/secret.py");
        leadsNowhere("/all/link.py");
        leadsNowhere("/all/../../secret.py");
    }

    @Test
    void parentsKeepTheFoldersOfTheSource() throws IOException {
        files("src/shop/views.py");

        dockerfile("FROM python\nCOPY --parents src/shop /app/\nCOPY --parents src/*/views.py /other/\n");

        leads("/app/src/shop/views.py", "src/shop/views.py");
        leads("/other/src/shop/views.py", "src/shop/views.py");
    }

    @Test
    void aDockerfileWithoutStagesLeadsNowhere() throws IOException {
        dockerfile("# nothing\n");

        leadsNowhere("/app/app.py");
    }

    private void files(String... paths) throws IOException {
        for (String path : paths) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), path);
        }
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(folder.resolve("Dockerfile"), text);
    }

    private Optional<Path> origin(String inImage) {
        Path file = folder.resolve("Dockerfile");
        return new CopiedFiles(
                        Dockerfile.parse(BuildContext.readText(file)),
                        BuildContext.of(folder, file),
                        args,
                        target,
                        reference -> base)
                .origin(inImage);
    }

    private void leads(String inImage, String path) {
        assertThat(origin(inImage)).as(inImage).contains(folder.resolve(path));
    }

    private void leadsNowhere(String inImage) {
        assertThat(origin(inImage)).as(inImage).isEmpty();
    }
}
