package io.bootgate.rule.lint;

import io.bootgate.rule.cause.Distributions;
import io.bootgate.source.requirement.Requirement;
import io.bootgate.source.requirement.Version;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What widely used distributions need themselves, over all their versions: rather too much than too little, for what stands here
 * is believed to be installed. Behind the bar stands what their extras need.
 */
final class KnownDependencies {
    private static final String EXTRAS = "[]";
    private static final Map<String, List<String>> NEEDS = table("""
            flask: werkzeug jinja2 itsdangerous click blinker importlib-metadata markupsafe zipp | asgiref python-dotenv
            werkzeug: markupsafe | watchdog
            jinja2: markupsafe | babel
            click: colorama importlib-metadata
            itsdangerous:
            markupsafe:
            blinker:
            gunicorn: packaging importlib-metadata | gevent eventlet tornado setuptools
            packaging: pyparsing six
            flask-cors: flask six werkzeug
            flask-sqlalchemy: flask sqlalchemy
            flask-migrate: flask flask-sqlalchemy alembic
            flask-login: flask werkzeug
            flask-wtf: flask wtforms itsdangerous | email-validator
            flask-restful: flask aniso8601 pytz six
            flask-restx: flask aniso8601 jsonschema pytz six werkzeug importlib-resources referencing
            flask-jwt-extended: flask pyjwt werkzeug cryptography
            flask-bcrypt: flask bcrypt
            flask-caching: flask cachelib
            flask-limiter: flask limits ordered-set rich typing-extensions
            flask-mail: flask blinker
            flask-marshmallow: flask marshmallow marshmallow-sqlalchemy packaging six
            flask-session: flask cachelib msgspec redis
            flask-socketio: flask python-socketio python-engineio
            flask-talisman: flask six
            flask-admin: flask wtforms markupsafe
            flask-compress: flask brotli zstandard
            flask-babel: flask babel jinja2 pytz
            wtforms: markupsafe | email-validator
            sqlalchemy: greenlet typing-extensions importlib-metadata
            alembic: sqlalchemy mako typing-extensions importlib-metadata importlib-resources python-dateutil python-editor tomli
            greenlet:
            typing-extensions:
            django: asgiref sqlparse pytz tzdata typing-extensions backports-zoneinfo | bcrypt argon2-cffi
            asgiref: typing-extensions
            sqlparse:
            djangorestframework: django pytz backports-zoneinfo
            django-cors-headers: django asgiref
            django-environ:
            django-filter: django
            django-extensions: django
            django-debug-toolbar: django sqlparse
            django-redis: django redis
            django-storages: django boto3 botocore
            django-crispy-forms: django
            django-allauth: django asgiref requests requests-oauthlib oauthlib python3-openid pyjwt cryptography qrcode
            django-celery-beat: django celery python-crontab cron-descriptor django-timezone-field tzdata
            djangorestframework-simplejwt: django djangorestframework pyjwt
            drf-spectacular: django djangorestframework uritemplate pyyaml jsonschema inflection typing-extensions
            drf-yasg: django djangorestframework coreapi coreschema packaging pytz uritemplate inflection pyyaml ruamel-yaml
            dj-database-url: django typing-extensions
            whitenoise: | brotli
            python-decouple:
            python-dotenv: click
            environs: python-dotenv marshmallow typing-extensions dj-database-url dj-email-url django-cache-url
            fastapi: starlette pydantic typing-extensions annotated-doc typing-inspection anyio idna sniffio pydantic-core annotated-types | httpx jinja2 python-multipart email-validator uvicorn fastapi-cli itsdangerous pyyaml ujson orjson pydantic-settings pydantic-extra-types
            starlette: anyio typing-extensions idna sniffio | httpx itsdangerous jinja2 python-multipart pyyaml
            pydantic: pydantic-core annotated-types typing-extensions typing-inspection dataclasses tzdata | email-validator dnspython python-dotenv
            pydantic-core: typing-extensions
            pydantic-settings: pydantic pydantic-core python-dotenv typing-inspection typing-extensions annotated-types
            uvicorn: click h11 typing-extensions asgiref | httptools uvloop watchfiles websockets python-dotenv pyyaml colorama
            uvicorn-worker: uvicorn gunicorn
            hypercorn: h11 h2 priority wsproto toml tomli typing-extensions taskgroup exceptiongroup
            httpx: httpcore certifi idna anyio sniffio h11 rfc3986 charset-normalizer | h2 brotli
            httpcore: h11 certifi anyio sniffio h2
            requests: urllib3 idna certifi charset-normalizer chardet | pysocks
            urllib3: | brotli pysocks h2
            certifi:
            idna:
            charset-normalizer:
            anyio: idna sniffio exceptiongroup typing-extensions | trio
            sniffio:
            h11: typing-extensions
            python-multipart:
            aiohttp: aiosignal frozenlist attrs multidict yarl async-timeout charset-normalizer aiohappyeyeballs propcache idna typing-extensions chardet | aiodns brotli
            psycopg2:
            psycopg2-binary:
            psycopg: typing-extensions tzdata | psycopg-binary psycopg-pool psycopg-c
            psycopg-binary:
            asyncpg: async-timeout
            pymysql: | cryptography
            mysqlclient:
            mysql-connector-python: protobuf
            pymongo: dnspython
            motor: pymongo dnspython
            redis: async-timeout deprecated packaging importlib-metadata typing-extensions pyjwt | hiredis
            celery: kombu billiard vine click click-didyoumean click-plugins click-repl python-dateutil tzdata pytz amqp importlib-metadata six prompt-toolkit wcwidth exceptiongroup typing-extensions | redis
            kombu: amqp vine importlib-metadata typing-extensions tzdata packaging | redis
            rq: click redis croniter
            apscheduler: tzlocal pytz six setuptools
            boto3: botocore jmespath s3transfer python-dateutil urllib3 six
            botocore: jmespath python-dateutil urllib3 six
            pyyaml:
            simplejson:
            ujson:
            orjson:
            marshmallow: packaging typing-extensions backports-datetime-fromisoformat
            jsonschema: attrs pyrsistent referencing rpds-py jsonschema-specifications importlib-resources pkgutil-resolve-name typing-extensions
            attrs:
            pyjwt: typing-extensions | cryptography
            python-jose: ecdsa rsa pyasn1 six | cryptography pycryptodome cffi pycparser
            passlib: | bcrypt argon2-cffi cryptography
            bcrypt: cffi six pycparser
            cryptography: cffi pycparser six typing-extensions
            cffi: pycparser
            email-validator: dnspython idna
            python-dateutil: six
            pytz:
            tzdata:
            six:
            arrow: python-dateutil types-python-dateutil typing-extensions tzdata
            numpy:
            pandas: numpy python-dateutil pytz tzdata six
            scipy: numpy
            scikit-learn: numpy scipy joblib threadpoolctl narwhals
            joblib:
            matplotlib: numpy pillow contourpy cycler fonttools kiwisolver packaging pyparsing python-dateutil six
            pillow:
            opencv-python: numpy
            opencv-python-headless: numpy
            lxml: | cssselect beautifulsoup4
            beautifulsoup4: soupsieve typing-extensions | lxml
            gevent: greenlet zope-event zope-interface cffi setuptools
            eventlet: greenlet dnspython six
            tornado:
            waitress:
            meinheld: greenlet
            prometheus-client:
            prometheus-flask-exporter: flask prometheus-client
            sentry-sdk: urllib3 certifi | flask blinker markupsafe
            structlog: typing-extensions
            loguru: aiocontextvars
            python-json-logger: typing-extensions
            tenacity:
            rich: markdown-it-py pygments mdurl commonmark typing-extensions
            typer: click rich shellingham typing-extensions colorama
            stripe: requests typing-extensions | httpx
            openai: httpx pydantic typing-extensions distro tqdm jiter anyio sniffio cached-property aiohttp requests
            psutil:
            python-magic:
            gitpython: gitdb smmap typing-extensions
            paramiko: bcrypt cryptography pynacl cffi invoke
            openpyxl: et-xmlfile
            xlsxwriter:
            markdown: importlib-metadata
            bleach: webencodings six packaging | html5lib
            pyopenssl: cryptography cffi pycparser typing-extensions
            pynacl: cffi pycparser
            pycryptodome:
            httptools:
            uvloop:
            websockets:
            python-slugify: text-unidecode unidecode
            python-socketio: python-engineio bidict simple-websocket wsproto h11 requests websocket-client
            setuptools:
            pip:
            wheel: packaging
            watchdog: | pyyaml
            peewee:
            bottle:
            falcon:
            quart: aiofiles flask werkzeug jinja2 itsdangerous click blinker hypercorn markupsafe h11 h2 priority wsproto importlib-metadata typing-extensions
            sanic: sanic-routing httptools uvloop aiofiles websockets multidict html5tagger tracerite ujson typing-extensions setuptools
            sqlmodel: sqlalchemy pydantic
            aiosqlite: typing-extensions
            aiofiles:
            dash: flask plotly werkzeug dash-core-components dash-html-components dash-table importlib-metadata typing-extensions requests retrying nest-asyncio setuptools
            plotly: tenacity packaging narwhals six
            pytest: iniconfig packaging pluggy tomli exceptiongroup colorama attrs py | pygments
            tqdm: colorama
            slowapi: limits redis
            """);

    private KnownDependencies() {}

    private static Map<String, List<String>> table(String text) {
        Map<String, List<String>> table = new HashMap<>();
        text.lines().map(String::strip).filter(row -> !row.isEmpty()).forEach(row -> {
            int colon = row.indexOf(':');
            String name = row.substring(0, colon);
            String needs = row.substring(colon + 1);
            int bar = needs.indexOf('|');
            table.put(name, words(bar < 0 ? needs : needs.substring(0, bar)));
            if (bar >= 0) {
                table.put(name + EXTRAS, words(needs.substring(bar + 1)));
            }
        });
        return table;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    /** All that these are known to bring along. */
    static Set<String> closure(Collection<Requirement> requirements) {
        Deque<String> open = new ArrayDeque<>();
        for (Requirement requirement : requirements) {
            open.add(requirement.name());
            if (!requirement.extras().isEmpty() || isSpecial(requirement)) {
                open.add(requirement.name() + EXTRAS);
            }
        }
        Set<String> all = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.poll();
            if (all.add(name)) {
                open.addAll(NEEDS.getOrDefault(name, List.of()));
            }
        }
        all.removeIf(name -> name.endsWith(EXTRAS));
        return all;
    }

    /** Gunicorn needed setuptools until 20.1; FastAPI 0.111 brought its extras. */
    private static boolean isSpecial(Requirement requirement) {
        return switch (requirement.name()) {
            case "gunicorn" ->
                Version.of("21.2").filter(requirement::allows).isEmpty()
                        && Version.of("20.1").filter(requirement::allows).isPresent();
            case "fastapi" ->
                !requirement.specifiers().isEmpty()
                        && Version.of("0.111.0").filter(requirement::allows).isPresent();
            default -> false;
        };
    }

    /** Whether all that these need is known. */
    static boolean areKnown(Set<String> names) {
        return NEEDS.keySet().containsAll(names);
    }

    /** Distributions that bring a module: the usual one, and others that do as well. */
    static Set<String> bringing(String module) {
        String top = Distributions.top(module);
        Set<String> names = new HashSet<>();
        names.add(Requirement.normalised(Distributions.forImport(module).replaceFirst("[\\[<>=!~; ].*$", "")));
        names.add(Requirement.normalised(top));
        Optional.ofNullable(OTHERS.get(top)).ifPresent(names::addAll);
        return names;
    }

    private static final Map<String, List<String>> OTHERS = table("""
            cv2: opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless
            psycopg2: psycopg2 psycopg2-binary
            PIL: pillow pillow-simd
            MySQLdb: mysqlclient mysql-python pymysql
            jwt: pyjwt jwt
            magic: python-magic python-magic-bin file-magic
            Crypto: pycryptodome pycrypto
            dotenv: python-dotenv
            pkg_resources: setuptools
            distutils: setuptools
            multipart: python-multipart multipart
            slugify: python-slugify awesome-slugify unicode-slugify
            yaml: pyyaml ruamel-yaml
            faiss: faiss-cpu faiss-gpu
            jose: python-jose
            fitz: pymupdf
            socks: pysocks
            docx: python-docx
            dns: dnspython
            keras: keras tensorflow
            tensorflow: tensorflow tensorflow-cpu tensorflow-gpu intel-tensorflow
            tflite_runtime: tflite-runtime
            onnxruntime: onnxruntime onnxruntime-gpu
            grpc: grpcio
            attr: attrs
            _cffi_backend: cffi
            bson: pymongo bson
            gridfs: pymongo
            memcache: python-memcached
            pylibmc: pylibmc
            """);

    /** Whether a distribution's name looks as if it could bring the module. */
    static boolean mayBring(String distribution, String module) {
        String one = plain(distribution);
        String other = plain(Distributions.top(module));
        return one.contains(other) || (one.length() > 3 && other.contains(one));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
