package io.bootgate.casebook;

import static io.bootgate.casebook.Case.broken;
import static io.bootgate.rule.cause.CauseId.ADDRESS_INVALID;
import static io.bootgate.rule.cause.CauseId.ADDRESS_IN_USE;
import static io.bootgate.rule.cause.CauseId.APP_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.BACKEND_UNREACHABLE;
import static io.bootgate.rule.cause.CauseId.BAD_INTERPRETER;
import static io.bootgate.rule.cause.CauseId.BOOT_HANG;
import static io.bootgate.rule.cause.CauseId.COMMAND_NOT_EXECUTABLE;
import static io.bootgate.rule.cause.CauseId.COMMAND_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.CRLF_LINE_ENDINGS;
import static io.bootgate.rule.cause.CauseId.DEPENDENCY_CONFLICT;
import static io.bootgate.rule.cause.CauseId.ENTRYPOINT_FAILED;
import static io.bootgate.rule.cause.CauseId.EXITED;
import static io.bootgate.rule.cause.CauseId.HTTP_NO_ANSWER;
import static io.bootgate.rule.cause.CauseId.INVALID_ENV;
import static io.bootgate.rule.cause.CauseId.KILLED;
import static io.bootgate.rule.cause.CauseId.LOOPBACK_BIND;
import static io.bootgate.rule.cause.CauseId.MISSING_ENV;
import static io.bootgate.rule.cause.CauseId.MISSING_FILE;
import static io.bootgate.rule.cause.CauseId.MISSING_MODULE;
import static io.bootgate.rule.cause.CauseId.PERMISSION_DENIED;
import static io.bootgate.rule.cause.CauseId.PORT_MISMATCH;
import static io.bootgate.rule.cause.CauseId.PORT_NOT_PERMITTED;
import static io.bootgate.rule.cause.CauseId.PYTHON_VERSION_MISMATCH;
import static io.bootgate.rule.cause.CauseId.SERVER_MISCONFIGURED;
import static io.bootgate.rule.cause.CauseId.SERVER_NOT_STARTED;
import static io.bootgate.rule.cause.CauseId.SYNTAX_ERROR;
import static io.bootgate.rule.cause.CauseId.UNREACHABLE_BIND;
import static io.bootgate.rule.cause.CauseId.USER_NOT_FOUND;
import static io.bootgate.rule.cause.CauseId.WRONG_ARCHITECTURE;

import java.util.ArrayList;
import java.util.List;

/** Services whose command, script, server options or bind address is wrong: the app has no part in it. */
final class BrokenStart {
    private static final String SERVE = "exec gunicorn -b 0.0.0.0:8000 app:app\n";

    private BrokenStart() {}

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(commands());
        cases.addAll(scripts());
        cases.addAll(entryScriptsThatFail());
        cases.addAll(neverStarted());
        cases.addAll(misconfigured());
        cases.addAll(badAddresses());
        cases.addAll(unreachable());
        return cases;
    }

    private static List<Case> commands() {
        return List.of(
                broken("command-missing-exec-form", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .onPodman(),
                broken("command-missing-shell-form", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .shell("gunicorn -b 0.0.0.0:8000 app:app"),
                broken("command-missing-in-script", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .script("start.sh", "#!/bin/sh\nset -e\necho starting\n" + SERVE)
                        .command("./start.sh"),
                broken("command-missing-in-bash-script", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .script("start.sh", "#!/bin/bash\n" + SERVE)
                        .command("./start.sh"),
                broken("command-missing-python-m", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .command("python3 -m gunicorn -b 0.0.0.0:8000 app:app"),
                broken("command-missing-entry-script", COMMAND_NOT_FOUND)
                        .command("/docker-entrypoint.sh gunicorn app:app"),
                broken("command-in-single-quotes", COMMAND_NOT_FOUND)
                        .shell("['gunicorn', '-b', '0.0.0.0:8000', 'app:app']"),
                broken("command-with-a-typing-error", COMMAND_NOT_FOUND).command("gunicron -b 0.0.0.0:8000 app:app"),
                broken("command-whole-line-as-one-word", COMMAND_NOT_FOUND)
                        .start("CMD [\"gunicorn -b 0.0.0.0:8000 app:app\"]"),
                broken("command-that-is-an-option", COMMAND_NOT_FOUND)
                        .start("CMD [\"-b\", \"0.0.0.0:8000\", \"app:app\"]"),
                broken("command-not-on-the-path", COMMAND_NOT_FOUND).dockerfile("ENV PATH=/opt/venv/bin"),
                broken("command-missing-behind-dumb-init", COMMAND_NOT_FOUND)
                        .withoutGunicorn()
                        .start("ENTRYPOINT [\"dumb-init\", \"--\"]", "CMD [\"gunicorn\", \"app:app\"]"),
                broken("command-without-execute-bit", COMMAND_NOT_EXECUTABLE)
                        .file("start.sh", "#!/bin/sh\n" + SERVE)
                        .command("/app/start.sh")
                        .onPodman(),
                broken("command-without-execute-bit-shell-form", COMMAND_NOT_EXECUTABLE)
                        .file("start.sh", "#!/bin/sh\n" + SERVE)
                        .shell("./start.sh"),
                broken("command-is-a-folder", COMMAND_NOT_EXECUTABLE).command("/app"),
                broken("command-in-a-folder-of-root", COMMAND_NOT_EXECUTABLE, PERMISSION_DENIED)
                        .script("start.sh", "#!/bin/sh\n" + SERVE)
                        .dockerfile("RUN mkdir -m 700 /opt/private && cp start.sh /opt/private/", "USER nobody")
                        .command("/opt/private/start.sh"),
                broken("user-unknown", USER_NOT_FOUND)
                        .dockerfile("USER appuser")
                        .onPodman(),
                broken("user-group-unknown", USER_NOT_FOUND).dockerfile("USER nobody:appgroup"),
                broken("architecture-of-an-arm-program", WRONG_ARCHITECTURE)
                        .file("server", arm64Program(), true)
                        .command("/app/server"),
                broken("architecture-of-an-arm-program-in-a-script", WRONG_ARCHITECTURE)
                        .file("server", arm64Program(), true)
                        .script("start.sh", "#!/bin/sh\nexec /app/server\n")
                        .command("./start.sh"));
    }

    private static List<Case> scripts() {
        return List.of(
                broken("script-crlf-interpreter", CRLF_LINE_ENDINGS)
                        .script("start.sh", "#!/bin/sh\r\nexec gunicorn -b 0.0.0.0:8000 app:app\r\n")
                        .command("./start.sh")
                        .onPodman(),
                broken("script-crlf-env-interpreter", CRLF_LINE_ENDINGS)
                        .script("start.sh", "#!/usr/bin/env bash\r\nexec gunicorn -b 0.0.0.0:8000 app:app\r\n")
                        .command("./start.sh"),
                broken("script-crlf-set-e", CRLF_LINE_ENDINGS)
                        .file("start.sh", "#!/bin/sh\r\nset -e\r\nexec gunicorn -b 0.0.0.0:8000 app:app\r\n")
                        .command("sh start.sh"),
                broken("script-crlf-command", CRLF_LINE_ENDINGS)
                        .file("start.sh", "set -a\r\ngunicorn\r\n")
                        .command("bash start.sh"),
                broken("script-crlf-entry-point", CRLF_LINE_ENDINGS)
                        .script("entry.sh", "#!/bin/bash\r\nexec \"$@\"\r\n")
                        .start(
                                "ENTRYPOINT [\"/app/entry.sh\"]",
                                "CMD [\"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]"),
                broken("script-without-interpreter-line", BAD_INTERPRETER)
                        .script("start.sh", "exec gunicorn -b 0.0.0.0:8000 app:app\n")
                        .command("./start.sh")
                        .onPodman(),
                broken("script-interpreter-missing", BAD_INTERPRETER)
                        .script("start.sh", "#!/bin/zsh\n" + SERVE)
                        .command("./start.sh"),
                broken("script-interpreter-missing-by-env", BAD_INTERPRETER, COMMAND_NOT_FOUND)
                        .script("start.sh", "#!/usr/bin/env python2\nprint 1\n")
                        .command("./start.sh"),
                broken("script-of-a-virtual-environment-that-is-missing", BAD_INTERPRETER)
                        .dockerfile("RUN sed -i '1s|.*|#!/opt/venv/bin/python3|' /usr/local/bin/gunicorn"),
                broken("script-of-a-package-that-is-missing", MISSING_MODULE, COMMAND_NOT_FOUND)
                        .dockerfile("RUN rm -r /usr/local/lib/python3*/*-packages/gunicorn"),
                broken("script-blank-line-before-interpreter-line", BAD_INTERPRETER)
                        .script("start.sh", "\n#!/bin/sh\n" + SERVE)
                        .command("./start.sh"),
                broken("script-byte-order-mark", BAD_INTERPRETER)
                        .script("start.sh", "\uFEFF#!/bin/sh\n" + SERVE)
                        .command("./start.sh"));
    }

    private static List<Case> entryScriptsThatFail() {
        return List.of(
                broken("entry-script-migration-fails", ENTRYPOINT_FAILED)
                        .file(
                                "migrate.py",
                                "import sys\nprint('migration 0003_split_names failed: column exists', file=sys.stderr)\nsys.exit(1)\n")
                        .script("start.sh", "#!/bin/sh\nset -e\npython3 migrate.py\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-folder-missing", ENTRYPOINT_FAILED, MISSING_FILE)
                        .script("start.sh", "#!/bin/sh\nset -e\ncd /srv/service\n" + SERVE)
                        .command("./start.sh")
                        .onPodman(),
                broken("entry-script-fails-silently", ENTRYPOINT_FAILED)
                        .script("start.sh", "#!/bin/sh\nset -e\ntest -f /run/secrets/token\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-syntax", ENTRYPOINT_FAILED)
                        .script("start.sh", "#!/bin/bash\nif [ -n \"$X\" ; then\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-tool-missing", COMMAND_NOT_FOUND, ENTRYPOINT_FAILED)
                        .script("start.sh", "#!/bin/sh\nset -e\nenvsubst < app.tmpl > app.ini\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-migration-misses-a-module", MISSING_MODULE, ENTRYPOINT_FAILED)
                        .file("migrate.py", "import alembic\n")
                        .script("start.sh", "#!/bin/sh\nset -e\npython3 migrate.py\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-migration-finds-no-database", BACKEND_UNREACHABLE, ENTRYPOINT_FAILED)
                        .file(
                                "migrate.py",
                                "import psycopg2\npsycopg2.connect('host=127.0.0.1 port=5432 dbname=x connect_timeout=2')\n")
                        .script("start.sh", "#!/bin/sh\nset -e\npython3 migrate.py\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-variable-demanded", MISSING_ENV)
                        .script("start.sh", "#!/bin/sh\n: \"${DATABASE_URL:?must be set}\"\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-variable-unbound", MISSING_ENV)
                        .script("start.sh", "#!/bin/bash\nset -eu\necho \"region $AWS_REGION\"\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-variable-unset-in-sh", MISSING_ENV)
                        .script("start.sh", "#!/bin/sh\nset -eu\necho \"region $AWS_REGION\"\n" + SERVE)
                        .command("./start.sh"),
                broken("entry-script-waits-for-ever", SERVER_NOT_STARTED, BACKEND_UNREACHABLE, BOOT_HANG)
                        .script("start.sh", """
                                #!/bin/bash
                                until (: < /dev/tcp/127.0.0.1/5432) 2>/dev/null; do echo "waiting for db:5432"; sleep 0.5; done
                                """ + SERVE)
                        .command("./start.sh")
                        .timeout(6),
                broken("entry-script-sudo-chown-denied", ENTRYPOINT_FAILED, PERMISSION_DENIED)
                        .script("start.sh", "#!/bin/sh\nset -e\nchown -R nobody /app\n" + SERVE)
                        .dockerfile("USER nobody")
                        .command("./start.sh"));
    }

    private static List<Case> neverStarted() {
        return List.of(
                broken("never-started-sleeps", SERVER_NOT_STARTED)
                        .command("sleep 3600")
                        .timeout(6)
                        .onPodman(),
                broken("never-started-entry-script-without-command", SERVER_NOT_STARTED)
                        .script("entry.sh", "#!/bin/sh\nset -e\nexec \"$@\"\n")
                        .start("ENTRYPOINT [\"/app/entry.sh\"]"),
                broken("never-started-tail", SERVER_NOT_STARTED)
                        .shell("echo ready to serve; tail -f /dev/null")
                        .timeout(6),
                broken("never-started-interactive-python", SERVER_NOT_STARTED, EXITED)
                        .command("python3"),
                broken("never-started-app-module-run", SERVER_NOT_STARTED, EXITED)
                        .command("python3 app.py"),
                broken("never-started-prints-a-banner", SERVER_NOT_STARTED)
                        .file("fake.py", """
                                import sys, time
                                print("[2026-11-22 10:00:00 +0000] [1] [INFO] Starting gunicorn 23.0.0", file=sys.stderr)
                                print("[2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)", file=sys.stderr)
                                print("[2026-11-22 10:00:00 +0000] [1] [INFO] Using worker: sync", file=sys.stderr)
                                print("[2026-11-22 10:00:00 +0000] [7] [INFO] Booting worker with pid: 7", file=sys.stderr, flush=True)
                                time.sleep(60)
                                """)
                        .command("python3 fake.py")
                        .timeout(6),
                broken("daemonised", SERVER_NOT_STARTED)
                        .on("20.1.0")
                        .options("--daemon")
                        .onPodman(),
                broken("daemonised-26", SERVER_NOT_STARTED).on("26.2.0").options("--daemon"),
                broken("daemonised-by-config-file", SERVER_NOT_STARTED).file("gunicorn.conf.py", "daemon = True\n"),
                broken("daemonised-by-ampersand", SERVER_NOT_STARTED, EXITED)
                        .on("23.0.0")
                        .script("start.sh", "#!/bin/sh\ngunicorn -b 0.0.0.0:8000 app:app &\n")
                        .command("./start.sh"),
                broken("daemonised-and-kept-alive", SERVER_NOT_STARTED, APP_NOT_FOUND)
                        .shell("gunicorn --daemon -b 0.0.0.0:8000 nosuch:app && sleep 3600")
                        .timeout(6),
                broken("supervised-program-fatal", COMMAND_NOT_FOUND, SERVER_NOT_STARTED)
                        .withoutGunicorn()
                        .file(
                                "supervisord.conf",
                                "[supervisord]\nnodaemon=true\nuser=root\n[program:web]\ncommand=gunicorn -b 0.0.0.0:8000 app:app\nstartretries=1\n")
                        .command("supervisord -c supervisord.conf")
                        .timeout(8),
                broken("ends-with-0-at-check-config", SERVER_NOT_STARTED, EXITED)
                        .options("--check-config"),
                broken("ends-with-0-at-print-config", SERVER_NOT_STARTED, EXITED)
                        .on("20.1.0")
                        .options("--print-config"));
    }

    private static List<Case> misconfigured() {
        return List.of(
                broken("option-unknown", SERVER_MISCONFIGURED)
                        .on("20.1.0")
                        .options("--worker-count 3")
                        .onPodman(),
                broken("option-unknown-26", SERVER_MISCONFIGURED).on("26.2.0").options("--worker-count 3"),
                broken("option-bind-with-one-dash", SERVER_MISCONFIGURED, ADDRESS_INVALID, BACKEND_UNREACHABLE)
                        .command("gunicorn -bind=0.0.0.0:8000 app:app"),
                broken("option-and-value-in-one-word", LOOPBACK_BIND, SERVER_MISCONFIGURED)
                        .start("CMD [\"gunicorn\", \"app:app\", \"--bind 0.0.0.0:8000\"]"),
                broken("option-workers-not-a-number", SERVER_MISCONFIGURED).options("-w many"),
                broken("no-app-named", SERVER_MISCONFIGURED).on("20.1.0").command("gunicorn -b 0.0.0.0:8000"),
                broken("no-app-named-by-environment", SERVER_MISCONFIGURED)
                        .on("26.2.0")
                        .env("GUNICORN_CMD_ARGS", "-b 0.0.0.0:8000")
                        .command("gunicorn"),
                broken("no-app-named-for-the-shell-took-the-rest", SERVER_MISCONFIGURED)
                        .start("CMD [\"sh\", \"-c\", \"gunicorn\", \"-b\", \"0.0.0.0:8000\", \"app:app\"]"),
                broken("worker-class-unknown", SERVER_MISCONFIGURED)
                        .on("20.1.0")
                        .options("-k nosuch"),
                broken("worker-class-module-missing", SERVER_MISCONFIGURED, MISSING_MODULE)
                        .on("23.0.0")
                        .options("-k meinheld.gmeinheld.MeinheldWorker"),
                broken("worker-class-gone-in-26", SERVER_MISCONFIGURED, DEPENDENCY_CONFLICT)
                        .on("26.2.0")
                        .options("-k eventlet"),
                broken("worker-class-library-missing", MISSING_MODULE, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .options("-k tornado"),
                broken(
                                "worker-class-too-old-for-this-python",
                                DEPENDENCY_CONFLICT,
                                PYTHON_VERSION_MISMATCH,
                                SERVER_MISCONFIGURED)
                        .on("19.9.0")
                        .options("-k gthread"),
                broken("worker-class-gevent-without-packaging", MISSING_MODULE, SERVER_MISCONFIGURED)
                        .on("26.2.0")
                        .dockerfile("RUN pip uninstall -y packaging")
                        .options("-k gevent"),
                broken("config-file-missing", SERVER_MISCONFIGURED, MISSING_FILE)
                        .on("20.1.0")
                        .options("-c prod.conf.py"),
                broken("config-file-syntax", SERVER_MISCONFIGURED, SYNTAX_ERROR)
                        .on("23.0.0")
                        .file("gunicorn.conf.py", "workers = = 3\n"),
                broken("config-file-value", SERVER_MISCONFIGURED)
                        .on("26.2.0")
                        .file("gunicorn.conf.py", "workers = 'many'\n"),
                broken("config-file-misses-a-module", MISSING_MODULE, SERVER_MISCONFIGURED)
                        .on("22.0.0")
                        .file("gunicorn.conf.py", "import prometheus_client\n"),
                broken("config-file-wants-a-variable", MISSING_ENV)
                        .on("20.1.0")
                        .file("gunicorn.conf.py", "import os\nworkers = int(os.environ['WORKERS'])\n"),
                broken("chdir-missing", SERVER_MISCONFIGURED, MISSING_FILE)
                        .on("20.1.0")
                        .options("--chdir /srv/app"),
                broken("certificate-missing", SERVER_MISCONFIGURED, MISSING_FILE)
                        .on("23.0.0")
                        .options("--certfile /certs/tls.crt --keyfile /certs/tls.key"),
                broken("log-config-missing", SERVER_MISCONFIGURED, MISSING_FILE)
                        .on("20.1.0")
                        .options("--log-config logging.ini"),
                broken("error-log-that-cannot-seek", SERVER_MISCONFIGURED)
                        .on("24.1.1")
                        .options("--error-logfile /dev/stdout --capture-output"),
                broken("access-log-folder-missing", SERVER_MISCONFIGURED, MISSING_FILE)
                        .on("23.0.0")
                        .options("--access-logfile /var/log/orders/access.log"),
                broken("access-log-folder-denied", PERMISSION_DENIED, SERVER_MISCONFIGURED)
                        .on("20.1.0")
                        .options("--access-logfile /var/log/access.log")
                        .dockerfile("USER nobody"),
                broken("pid-file-denied", PERMISSION_DENIED, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .options("--pid /run/gunicorn.pid")
                        .dockerfile("USER nobody"),
                broken("user-option-unknown", USER_NOT_FOUND, SERVER_MISCONFIGURED)
                        .on("20.1.0")
                        .options("--user deploy"),
                broken("web-concurrency-auto", INVALID_ENV, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .env("WEB_CONCURRENCY", "auto"),
                broken("setuptools-too-new-for-20", MISSING_MODULE, DEPENDENCY_CONFLICT)
                        .on("20.1.0")
                        .dockerfile(
                                "RUN rm -rf /usr/lib/python3/dist-packages/pkg_resources /usr/local/lib/python3*/*-packages/pkg_resources"));
    }

    private static List<Case> badAddresses() {
        List<Case> cases = new ArrayList<>();
        for (String version : List.of("20.1.0", "23.0.0", "26.2.0")) {
            cases.add(broken("port-taken-by-one-that-answers-" + version, ADDRESS_IN_USE)
                    .on(version)
                    .script("start.sh", "#!/bin/sh\npython3 -m http.server 8000 &\nsleep 1\n" + SERVE)
                    .command("./start.sh"));
            cases.add(broken("address-of-another-machine-" + version, ADDRESS_INVALID)
                    .on(version)
                    .command("gunicorn -b 10.99.99.99:8000 app:app"));
            cases.add(broken("port-80-denied-" + version, PORT_NOT_PERMITTED)
                    .on(version)
                    .dockerfile("USER nobody")
                    .sysctl("net.ipv4.ip_unprivileged_port_start", "1024")
                    .expose("80")
                    .command("gunicorn -b 0.0.0.0:80 app:app"));
        }
        cases.addAll(List.of(
                broken("port-taken-by-one-that-answers-quietly", ADDRESS_IN_USE, SERVER_NOT_STARTED)
                        .on("22.0.0")
                        .timeout(12)
                        .script(
                                "start.sh",
                                "#!/bin/sh\npython3 -m http.server 8000 >/dev/null 2>&1 &\nsleep 1\ngunicorn -b 0.0.0.0:8000 --log-level critical app:app\nsleep 60\n")
                        .command("./start.sh"),
                broken("port-taken-by-itself", ADDRESS_IN_USE)
                        .atImport("import socket\nholder = socket.create_server(('0.0.0.0', 8000))")
                        .on("23.0.0")
                        .options("--preload"),
                broken("port-variable-unset", ADDRESS_INVALID, SERVER_MISCONFIGURED, MISSING_ENV, INVALID_ENV)
                        .on("20.1.0")
                        .shell("gunicorn -b 0.0.0.0:$PORT app:app"),
                broken("port-variable-not-expanded", ADDRESS_INVALID, SERVER_MISCONFIGURED, INVALID_ENV)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:$PORT app:app"),
                broken("port-variable-of-kubernetes", INVALID_ENV, ADDRESS_INVALID, SERVER_MISCONFIGURED)
                        .on("26.2.0")
                        .env("PORT", "tcp://10.0.0.1:80")
                        .command("gunicorn app:app"),
                broken("port-too-large", ADDRESS_INVALID, SERVER_MISCONFIGURED)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:80000 app:app"),
                broken("bind-host-name-unknown", ADDRESS_INVALID, BACKEND_UNREACHABLE)
                        .on("20.1.0")
                        .command("gunicorn -b orders.invalid:8000 app:app")));
        return cases;
    }

    private static List<Case> unreachable() {
        return List.of(
                broken("loopback", LOOPBACK_BIND)
                        .on("20.1.0")
                        .command("gunicorn -b 127.0.0.1:8000 app:app")
                        .onPodman(),
                broken("loopback-by-default", LOOPBACK_BIND).on("26.2.0").command("gunicorn app:app"),
                broken("loopback-localhost", LOOPBACK_BIND).on("23.0.0").command("gunicorn -b localhost:8000 app:app"),
                broken("loopback-ipv6", LOOPBACK_BIND, ADDRESS_INVALID)
                        .on("22.0.0")
                        .command("gunicorn -b [::1]:8000 app:app"),
                broken("loopback-quiet", LOOPBACK_BIND)
                        .on("20.1.0")
                        .command("gunicorn -b 127.0.0.1:8000 --log-level critical app:app")
                        .timeout(8),
                broken("loopback-other-port", LOOPBACK_BIND, PORT_MISMATCH)
                        .on("23.0.0")
                        .command("gunicorn -b 127.0.0.1:5000 app:app"),
                broken("loopback-preloaded-in-config-file", LOOPBACK_BIND)
                        .on("25.3.0")
                        .file("gunicorn.conf.py", "bind = '127.0.0.1:8000'\npreload_app = True\n")
                        .command("gunicorn app:app"),
                broken("other-port-than-exposed", PORT_MISMATCH)
                        .on("20.1.0")
                        .command("gunicorn -b 0.0.0.0:9000 app:app")
                        .onPodman(),
                broken("other-port-than-configured", PORT_MISMATCH).on("26.2.0").port(8080),
                broken("other-port-by-environment", PORT_MISMATCH)
                        .on("23.0.0")
                        .env("PORT", "5000")
                        .command("gunicorn app:app"),
                broken("other-port-quiet", PORT_MISMATCH)
                        .on("23.0.0")
                        .command("gunicorn -b 0.0.0.0:9000 --log-level critical app:app")
                        .timeout(8),
                broken("other-port-forged-banner", PORT_MISMATCH, SERVER_NOT_STARTED)
                        .on("22.0.0")
                        .command("gunicorn -b 0.0.0.0:9000 app:app")
                        .atImport(
                                "import sys; print('[2026-11-22 10:00:00 +0000] [1] [INFO] Listening at: http://0.0.0.0:8000 (1)', file=sys.stderr, flush=True)"),
                broken("unix-socket-only", UNREACHABLE_BIND)
                        .on("20.1.0")
                        .command("gunicorn -b unix:/tmp/app.sock app:app"),
                broken("unix-socket-only-26", UNREACHABLE_BIND)
                        .on("26.2.0")
                        .command("gunicorn -b unix:/run/app.sock -w 2 app:app"),
                broken("unix-socket-only-while-another-answers", UNREACHABLE_BIND)
                        .on("23.0.0")
                        .shell("python3 -m http.server 8000 & exec gunicorn -b unix:/tmp/app.sock app:app"),
                broken("tcp-listener-that-is-no-server", SERVER_NOT_STARTED, HTTP_NO_ANSWER, BOOT_HANG)
                        .file(
                                "listen.py",
                                "import socket, time\ns = socket.create_server(('0.0.0.0', 8000))\ntime.sleep(60)\n")
                        .command("python3 listen.py")
                        .timeout(8),
                broken("asked-to-stop-by-its-app", EXITED, KILLED)
                        .on("23.0.0")
                        .atImport("import os, signal; os.kill(os.getppid(), signal.SIGTERM)"));
    }

    /** The header of a 64-bit ELF program for AArch64, which is all that the kernel reads before it refuses. */
    private static byte[] arm64Program() {
        byte[] program = new byte[4096];
        byte[] header = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 183, 0, 1};
        System.arraycopy(header, 0, program, 0, header.length);
        return program;
    }
}
