package io.bootgate.rule.lint;

import io.bootgate.rule.cause.CauseId;
import io.bootgate.source.program.Happening.Called;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A network or database call while the app is loaded: the service cannot start before the other side answers. */
final class BackendAtImport implements LintRule {
    private static final Set<String> CALLS = Set.of(
            "requests.get",
            "requests.post",
            "requests.put",
            "requests.head",
            "requests.request",
            "httpx.get",
            "httpx.post",
            "urllib.request.urlopen",
            "urllib.request.urlretrieve",
            "socket.create_connection",
            "socket.gethostbyname",
            "psycopg2.connect",
            "psycopg.connect",
            "pymysql.connect",
            "MySQLdb.connect",
            "mysql.connector.connect",
            "pyodbc.connect",
            "cx_Oracle.connect",
            "oracledb.connect",
            "pika.BlockingConnection",
            "smtplib.SMTP",
            "ldap3.Connection",
            "redis.Redis().ping",
            "redis.StrictRedis().ping",
            "redis.from_url().ping",
            "redis.Redis.from_url().ping",
            "sqlalchemy.create_engine().connect",
            "sqlalchemy.create_engine().begin",
            "flask_sqlalchemy.SQLAlchemy().create_all",
            "pymongo.MongoClient().server_info",
            "mongoengine.connect().server_info",
            "kafka.KafkaProducer",
            "kafka.KafkaConsumer",
            "elasticsearch.Elasticsearch().info",
            "hvac.Client().is_authenticated");

    @Override
    public String id() {
        return "BACKEND_AT_IMPORT";
    }

    @Override
    public String title() {
        return "The app calls another service while it is loaded";
    }

    @Override
    public Set<CauseId> predicts() {
        return Set.of(CauseId.BACKEND_UNREACHABLE, CauseId.BOOT_HANG, CauseId.WORKER_TIMEOUT);
    }

    @Override
    public List<LintFinding> check(LintProject project) {
        Optional<BootProgram> boot = BootProgram.of(project);
        List<LintFinding> findings = new ArrayList<>();
        boot.ifPresent(found -> found.program().happenings(Called.class).forEach(called -> {
            boolean raises = !called.scene()
                    .swallows("Exception", "OSError", "RequestException", "OperationalError", "ConnectionError");
            if (CALLS.contains(called.name())
                    && called.scene().certain()
                    && raises
                    && !called.scene().path().isEmpty()) {
                findings.add(warning(
                        BootProgram.location(called.scene()),
                        "%s(...) is called while the app is imported: without the other side the service cannot start."
                                .formatted(called.name().replace("()", "(...)")),
                        "Call it with the first request, or catch what it raises."));
            }
        }));
        return findings.stream().distinct().toList();
    }
}
