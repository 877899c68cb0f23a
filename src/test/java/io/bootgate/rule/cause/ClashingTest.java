package io.bootgate.rule.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.bootgate.judge.Verdict.Reason;
import io.bootgate.rule.Finding;
import io.bootgate.timeline.BootEvent.Distribution;
import io.bootgate.timeline.BootEvent.DistributionsSeen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who clashes with whom, in which versions, and what fits. */
class ClashingTest {
    private static final String IN_A_LIBRARY = """
            Traceback (most recent call last):
              File "/app/app.py", line 2, in <module>
                import orders_client
              File "/usr/local/lib/python3.11/site-packages/orders_client/http.py", line 9, in <module>
                from %s import %s
            ImportError: cannot import name '%2$s' from '%1$s' (/usr/local/lib/python3.11/site-packages/%1$s.py)
            """;

    private static Distribution installed(String name, String version, String module, String... requires) {
        return new Distribution(name, version, List.of(module), List.of(requires));
    }

    private static Finding root(String log, Distribution... distributions) {
        return Diagnosis.of(Logs.symptoms(
                        Logs.timeline(log)
                                .with(new DistributionsSeen(Duration.ofSeconds(1), "3.11.2", List.of(distributions))),
                        Reason.EXITED))
                .get(0);
    }

    @Test
    void whatMetadataAsksForIsThePinOfAClashThatNoTableKnows() {
        Finding found = root(
                IN_A_LIBRARY.formatted("wire", "Codec"),
                installed("orders-client", "1.4.0", "orders_client", "wirelib<3,>=2", "extra-thing>=9"),
                installed("wirelib", "3.1.0", "wire"));

        assertThat(found.id()).isEqualTo("DEPENDENCY_CONFLICT");
        assertThat(found.detail())
                .startsWith("orders-client 1.4.0 asks for wire.Codec, which wirelib 3.1.0 does not have: ImportError");
        assertThat(found.fix())
                .isEqualTo("Add wirelib<3,>=2 to requirements.txt: it is what orders-client 1.4.0 asks for,"
                        + " and wirelib 3.1.0 is installed.");
    }

    @Test
    void aRowOfTheTableIsToldOnlyOfItsVersions() {
        String log = IN_A_LIBRARY.formatted("werkzeug.urls", "url_quote");

        assertThat(root(log, installed("Werkzeug", "3.1.3", "werkzeug")).fix())
                .isEqualTo("Upgrade orders_client, or add Werkzeug<3 to requirements.txt.");
        assertThat(root(log, installed("Werkzeug", "2.0.0", "werkzeug")).detail())
                .startsWith("orders_client asks for werkzeug.urls.url_quote, which Werkzeug 2.0.0 does not have");
    }

    @Test
    void theRowOfAnotherDistributionIsNotToldOfThisOne() {
        Finding found = root(IN_A_LIBRARY.formatted("werkzeug.urls", "url_decode"));

        assertThat(found.detail()).doesNotContain("Flask-Login").contains("orders_client");
    }

    @Test
    void theCodeIsToldWhereItCallsALibraryThatNoLongerHasIt() {
        Finding found = root("""
                Traceback (most recent call last):
                  File "/app/settings.py", line 3, in <module>
                    from pydantic import BaseSettings
                  File "/usr/local/lib/python3.11/site-packages/pydantic/_migration.py", line 296, in wrapper
                    raise PydanticImportError(
                pydantic.errors.PydanticImportError: `BaseSettings` has been moved to the `pydantic-settings` package.
                """, installed("pydantic", "2.9.2", "pydantic"));

        assertThat(found.detail())
                .startsWith("The code is not written for pydantic 2.9.2, pydantic 2 moved BaseSettings");
        assertThat(found.fix()).startsWith("Change the code").endsWith("or add pydantic<2 to requirements.txt.");
    }

    @Test
    void whichPythonItIsHasToBeKnown() {
        String log = """
                Traceback (most recent call last):
                  File "/usr/bin/gunicorn", line 5, in <module>
                    from gunicorn.app.wsgiapp import run
                  File "/usr/lib/python3.%s/site-packages/%s.py", line 25, in <module>
                    import %s
                ModuleNotFoundError: No module named '%3$s'
                """;

        assertThat(Diagnosis.of(Logs.symptoms(log.formatted("9", "gunicorn/util", "pkg_resources")))
                        .get(0)
                        .id())
                .isEqualTo("MISSING_MODULE");
        Finding cgi = Diagnosis.of(Logs.symptoms(log.formatted("13", "httpx/_models", "cgi")))
                .get(0);
        assertThat(cgi.id()).isEqualTo("PYTHON_VERSION_MISMATCH");
        assertThat(cgi.fix()).isEqualTo("Add httpx>=0.23.1 to requirements.txt.");
        assertThat(Diagnosis.of(Logs.symptoms(log.formatted("9", "httpx/_models", "cgi")))
                        .get(0)
                        .id())
                .isEqualTo("MISSING_MODULE");
    }

    @Test
    void whereNobodyReadsMetadataTheLinesOfPipTellTheVersions() {
        Finding found = Diagnosis.of(Logs.symptoms("""
                        Requirement already satisfied: click>=8.0 in /usr/lib/python3/dist-packages (from flask) (8.1.7)
                        Successfully installed Flask-2.1.3 Jinja2-3.1.4 Werkzeug-3.0.4
                        Traceback (most recent call last):
                          File "/app/app.py", line 1, in <module>
                            from flask import Flask
                          File "/usr/local/lib/python3.11/site-packages/flask/helpers.py", line 14, in <module>
                            from werkzeug.urls import url_quote
                        ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/usr/local/lib/python3.11/site-packages/werkzeug/urls.py)
                        """)).get(0);

        assertThat(found.detail())
                .startsWith("Flask 2.1.3 does not work with Werkzeug 3.0.4, Werkzeug 3 removed url_quote");
    }

    @Test
    void aDistributionThatAnotherPythonBroughtDownIsToldWithIt() {
        Finding found = root("""
                Traceback (most recent call last):
                  File "/app/app.py", line 2, in <module>
                    import aioredis
                  File "/usr/local/lib/python3.11/site-packages/aioredis/exceptions.py", line 14, in <module>
                    class TimeoutError(asyncio.TimeoutError, builtins.TimeoutError, RedisError):
                TypeError: duplicate base class TimeoutError
                """, installed("aioredis", "2.0.1", "aioredis"));

        assertThat(found.id()).isEqualTo("PYTHON_VERSION_MISMATCH");
        assertThat(found.detail()).startsWith("aioredis 2.0.1 does not work with python 3.11.2");
        assertThat(found.fix()).contains("redis>=4.2");
    }
}
