package io.bootgate.rule.cause;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which distribution an import comes from, where the two names differ, and which imports are Python's own. */
public final class Distributions {
    /** Import name, then the line for requirements.txt. */
    private static final Map<String, String> BY_IMPORT = table("""
            cv2 opencv-python-headless
            yaml PyYAML
            PIL Pillow
            dotenv python-dotenv
            sklearn scikit-learn
            skimage scikit-image
            bs4 beautifulsoup4
            dateutil python-dateutil
            jwt PyJWT
            jose python-jose
            decouple python-decouple
            environ django-environ
            rest_framework djangorestframework
            rest_framework_simplejwt djangorestframework-simplejwt
            corsheaders django-cors-headers
            storages django-storages
            crispy_forms django-crispy-forms
            debug_toolbar django-debug-toolbar
            django_filters django-filter
            django_extensions django-extensions
            django_celery_beat django-celery-beat
            django_redis django-redis
            import_export django-import-export
            dj_database_url dj-database-url
            drf_yasg drf-yasg
            drf_spectacular drf-spectacular
            guardian django-guardian
            allauth django-allauth
            oauth2_provider django-oauth-toolkit
            anymail django-anymail
            flask_cors Flask-Cors
            flask_sqlalchemy Flask-SQLAlchemy
            flask_migrate Flask-Migrate
            flask_login Flask-Login
            flask_wtf Flask-WTF
            flask_restful Flask-RESTful
            flask_restx flask-restx
            flask_jwt_extended Flask-JWT-Extended
            flask_bcrypt Flask-Bcrypt
            flask_caching Flask-Caching
            flask_limiter Flask-Limiter
            flask_mail Flask-Mail
            flask_marshmallow flask-marshmallow
            flask_session Flask-Session
            flask_socketio Flask-SocketIO
            flask_talisman flask-talisman
            flask_admin Flask-Admin
            flask_compress Flask-Compress
            flask_babel Flask-Babel
            MySQLdb mysqlclient
            mysql.connector mysql-connector-python
            psycopg2 psycopg2-binary
            psycopg psycopg[binary]
            bson pymongo
            gridfs pymongo
            Crypto pycryptodome
            Cryptodome pycryptodomex
            nacl PyNaCl
            OpenSSL pyOpenSSL
            magic python-magic
            ldap python-ldap
            dns dnspython
            git GitPython
            github PyGithub
            gitlab python-gitlab
            docx python-docx
            pptx python-pptx
            fitz PyMuPDF
            serial pyserial
            usb pyusb
            zmq pyzmq
            slugify python-slugify
            multipart python-multipart
            python_multipart python-multipart
            socketio python-socketio
            engineio python-engineio
            telegram python-telegram-bot
            discord discord.py
            pythonjsonlogger python-json-logger
            attr attrs
            pkg_resources setuptools<81
            setuptools setuptools
            distutils setuptools
            uvicorn_worker uvicorn-worker
            uvicorn.workers uvicorn-worker
            prometheus_flask_exporter prometheus-flask-exporter
            prometheus_client prometheus-client
            prometheus_fastapi_instrumentator prometheus-fastapi-instrumentator
            sentry_sdk sentry-sdk
            email_validator email-validator
            pydantic_settings pydantic-settings
            starlette_exporter starlette-exporter
            google.protobuf protobuf
            google.cloud.storage google-cloud-storage
            google.cloud.bigquery google-cloud-bigquery
            google.cloud.pubsub google-cloud-pubsub
            google.cloud.pubsub_v1 google-cloud-pubsub
            google.cloud.firestore google-cloud-firestore
            google.cloud.logging google-cloud-logging
            google.cloud.secretmanager google-cloud-secret-manager
            google.cloud.vision google-cloud-vision
            google.cloud.aiplatform google-cloud-aiplatform
            google.oauth2 google-auth
            google.auth google-auth
            google.genai google-genai
            google.generativeai google-generativeai
            googleapiclient google-api-python-client
            google_auth_oauthlib google-auth-oauthlib
            azure.storage.blob azure-storage-blob
            azure.storage.queue azure-storage-queue
            azure.identity azure-identity
            azure.keyvault.secrets azure-keyvault-secrets
            azure.cosmos azure-cosmos
            azure.servicebus azure-servicebus
            azure.core azure-core
            azure.monitor.opentelemetry azure-monitor-opentelemetry
            opentelemetry.instrumentation.flask opentelemetry-instrumentation-flask
            opentelemetry.sdk opentelemetry-sdk
            opentelemetry opentelemetry-api
            ruamel.yaml ruamel.yaml
            zope.interface zope.interface
            faiss faiss-cpu
            kafka kafka-python
            confluent_kafka confluent-kafka
            elasticsearch_dsl elasticsearch-dsl
            graphene_django graphene-django
            haystack django-haystack
            markdown Markdown
            jinja2 Jinja2
            markupsafe MarkupSafe
            werkzeug Werkzeug
            flask Flask
            django Django
            sqlalchemy SQLAlchemy
            MySQLdb.cursors mysqlclient
            pymysql PyMySQL
            itsdangerous itsdangerous
            OpenGL PyOpenGL
            Levenshtein python-Levenshtein
            tomli_w tomli-w
            websocket websocket-client
            win32api pywin32
            xmlsec xmlsec
            wtforms WTForms
            cairo pycairo
            paho paho-mqtt
            rest_framework_swagger django-rest-swagger
            whitenoise whitenoise
            _cffi_backend cffi
            asgiref asgiref
            langchain_openai langchain-openai
            langchain_community langchain-community
            langchain_core langchain-core
            sentence_transformers sentence-transformers
            """);

    /** Imports whose distribution has the same name, as far as they must be told from modules of the application. */
    private static final Set<String> SAME_NAME = Set.of("""
            aiofiles aiohttp aioredis alembic anyio apscheduler arrow asyncpg authlib babel bcrypt boto3 botocore bottle
            brotli cachetools celery certifi chardet click connexion cryptography dash dramatiq ecdsa elasticsearch environs
            eventlet falcon fastapi fastapi_users gevent greenlet grpc gunicorn h11 httpcore httptools httpx hypercorn idna
            jsonschema keras kombu langchain loguru lxml marshmallow matplotlib mangum motor msgpack mypy nltk numba numpy
            oauthlib openai openpyxl orjson packaging pandas paramiko passlib peewee pika pip plotly protobuf psutil pyarrow
            pydantic pyodbc pymongo pyparsing pytest pytz quart redis regex reportlab requests requests_oauthlib rich rq rsa
            sanic scipy seaborn shapely simplejson six slowapi spacy sqlmodel starlette statsd streamlit stripe structlog
            tenacity tensorflow tiktoken tomli toml torch tornado tortoise tqdm transformers twilio twisted typer
            typing_extensions tzdata ujson uvicorn uvloop validators waitress wagtail watchdog watchfiles weasyprint
            websockets wheel xlsxwriter xmltodict yarl yfinance zeep pyramid psycopg_pool dynaconf pydantic_core flasgger
            hvac minio newrelic ddtrace meinheld bjoern pendulum sendgrid slack_sdk ariadne strawberry graphene
            """.strip().split("\\s+"));

    private static final Set<String> STANDARD = Set.of("""
            abc argparse array ast asyncio asynchat asyncore audioop base64 binascii bisect builtins bz2 calendar cgi cgitb
            cmath codecs collections collections.abc concurrent configparser contextlib contextvars copy copyreg crypt csv
            ctypes dataclasses datetime dbm decimal difflib dis distutils email enum errno faulthandler fcntl fractions
            ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr
            imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math
            mimetypes mmap multiprocessing netrc nntplib numbers operator os pathlib pickle pipes pkgutil platform plistlib
            poplib pprint pwd queue random re readline resource sched secrets select selectors shelve shlex shutil signal
            site smtpd smtplib sndhdr socket socketserver sqlite3 ssl stat statistics string struct subprocess symtable sys
            sysconfig syslog tarfile telnetlib tempfile textwrap threading time timeit tokenize tomllib traceback types
            typing unicodedata unittest urllib urllib.parse urllib.request uuid venv warnings wave weakref webbrowser
            wsgiref xdrlib xml zipfile zipimport zlib zoneinfo _ctypes _sqlite3 _ssl _bz2 _lzma
            """.strip().split("\\s+"));

    private Distributions() {}

    /** What to write into requirements.txt for an import: by its longest known prefix, else its first name. */
    public static String forImport(String name) {
        String prefix = name;
        while (!prefix.isEmpty()) {
            String known = BY_IMPORT.get(prefix);
            if (known != null) {
                return known;
            }
            prefix = prefix.contains(".") ? prefix.substring(0, prefix.lastIndexOf('.')) : "";
        }
        if (name.startsWith("google.cloud.") || name.startsWith("azure.")) {
            return name.replace('.', '-').replace('_', '-');
        }
        return top(name);
    }

    /** Whether it is known as an import of something that pip installs. */
    public static boolean isKnown(String name) {
        String top = top(name);
        return BY_IMPORT.containsKey(name)
                || BY_IMPORT.containsKey(top)
                || SAME_NAME.contains(top)
                || top.equals("google")
                || top.equals("azure")
                || top.equals("ruamel")
                || top.startsWith("flask_")
                || top.startsWith("django_");
    }

    /** Whether several distributions share the import: that a part of it is missing says nothing about the rest. */
    static boolean isShared(String name) {
        return Set.of("google", "azure", "ruamel", "zope", "opentelemetry", "mysql", "paste")
                .contains(top(name));
    }

    public static boolean isStandard(String name) {
        return STANDARD.contains(name) || STANDARD.contains(top(name));
    }

    public static String top(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    static Map<String, String> table(String text) {
        Map<String, String> table = new HashMap<>();
        text.lines().map(String::strip).filter(row -> !row.isEmpty()).forEach(row -> {
            int blank = row.indexOf(' ');
            table.put(row.substring(0, blank), row.substring(blank + 1).strip());
        });
        return Map.copyOf(table);
    }

    /** The import statement's full dotted name that begins with what is missing: {@code from google.cloud import storage}. */
    public static Optional<String> named(String missing, String source) {
        java.util.regex.Matcher from = java.util.regex.Pattern.compile("from ([\\w.]+) import \\(?([\\w]+)")
                .matcher(source);
        if (from.find() && from.group(1).startsWith(missing)) {
            String whole = from.group(1) + "." + from.group(2);
            return Optional.of(BY_IMPORT.containsKey(whole) || isShared(missing) ? whole : from.group(1));
        }
        java.util.regex.Matcher plain =
                java.util.regex.Pattern.compile("import ([\\w.]+)").matcher(source);
        return plain.find() && plain.group(1).startsWith(missing) ? Optional.of(plain.group(1)) : Optional.empty();
    }
}
