package io.bootgate.casebook;

import static io.bootgate.casebook.Case.healthy;

import java.util.List;

/** Services whose way of answering is unusual and proves all the same that they serve. */
final class HealthyAnswers {
    private HealthyAnswers() {}

    static List<Case> cases() {
        return List.of(
                healthy("answer-404-api-without-root")
                        .on("20.1.0")
                        .app(
                                "from flask import Flask\napp = Flask(__name__)\n@app.get('/api/v1/orders')\ndef orders(): return []\n")
                        .onPodman(),
                status("answer-401", "26.2.0", "401 Unauthorized', [('WWW-Authenticate', 'Basic realm=\"x\"')]"),
                status("answer-403", "22.0.0", "403 Forbidden', []"),
                status("answer-405", "23.0.0", "405 Method Not Allowed', [('Allow', 'POST')]"),
                status("answer-204", "21.2.0", "204 No Content', []"),
                status("answer-418", "19.9.0", "418 I am a teapot', []"),
                status(
                        "answer-301-to-https",
                        "20.1.0",
                        "301 Moved Permanently', [('Location', 'https://127.0.0.1:8000/')]"),
                status("answer-302-to-itself", "25.3.0", "302 Found', [('Location', '/')]"),
                status(
                        "answer-307-to-nowhere",
                        "24.1.1",
                        "307 Temporary Redirect', [('Location', 'http://login.invalid/')]"),
                healthy("answer-400-django-disallowed-host").on("23.0.0").app("""
                        from django.conf import settings
                        settings.configure(SECRET_KEY="x", ROOT_URLCONF="app", ALLOWED_HOSTS=["orders.example.com"],
                                           MIDDLEWARE=["django.middleware.common.CommonMiddleware"], DEBUG=False)
                        from django.http import HttpResponse
                        from django.urls import path
                        urlpatterns = [path("", lambda request: HttpResponse("ok"))]
                        from django.core.wsgi import get_wsgi_application
                        app = get_wsgi_application()
                        """),
                healthy("answer-429-to-those-who-ask-often").on("26.2.0").app("""
                        import time
                        last = 0
                        def app(environ, start_response):
                            global last
                            often = time.monotonic() - last < 5
                            last = time.monotonic()
                            start_response("429 Too Many Requests" if often else "200 OK", [("Retry-After", "5")])
                            return [b"x"]
                        """),
                healthy("answer-500-to-other-paths-only")
                        .on("20.1.0")
                        .path("/health")
                        .app("""
                        def app(environ, start_response):
                            good = environ["PATH_INFO"] == "/health"
                            start_response("200 OK" if good else "500 Internal Server Error", [])
                            return [b"x"]
                        """),
                healthy("answer-500-to-head-and-to-strange-agents").on("23.0.0").app("""
                        def app(environ, start_response):
                            if environ["REQUEST_METHOD"] == "HEAD":
                                raise ValueError("no HEAD here")
                            start_response("200 OK", [])
                            return [b"x"]
                        """),
                healthy("answer-streams-for-ever")
                        .on("20.1.0")
                        .options("--threads 8")
                        .app("""
                        import time
                        def app(environ, start_response):
                            start_response("200 OK", [("Content-Type", "text/event-stream")])
                            def events():
                                while True:
                                    yield b"data: tick\\n\\n"
                                    time.sleep(1)
                            return events()
                        """),
                healthy("answer-streams-for-ever-on-one-sync-worker")
                        .on("26.2.0")
                        .app("""
                        import time
                        def app(environ, start_response):
                            start_response("200 OK", [("Content-Type", "text/event-stream")])
                            def events():
                                while True:
                                    yield b"data: tick\\n\\n"
                                    time.sleep(0.5)
                            return events()
                        """),
                healthy("answer-of-200-megabytes").on("22.0.0").app("""
                        def app(environ, start_response):
                            start_response("200 OK", [("Content-Length", str(200 * 1024 * 1024))])
                            return (bytes(1024 * 1024) for _ in range(200))
                        """),
                healthy("answer-body-comes-late").on("23.0.0").app("""
                        import time
                        def app(environ, start_response):
                            start_response("200 OK", [("Content-Length", "4")])
                            def body():
                                yield b"ok"
                                time.sleep(3)
                                yield b"ok"
                            return body()
                        """),
                healthy("answer-with-large-headers").on("20.1.0").app("""
                        def app(environ, start_response):
                            start_response("200 OK", [("Set-Cookie", "c%d=%s" % (i, "x" * 4000)) for i in range(8)])
                            return [b"ok"]
                        """),
                healthy("answer-empty-and-gzipped").on("25.3.0").app("""
                        import gzip
                        def app(environ, start_response):
                            start_response("200 OK", [("Content-Encoding", "gzip"), ("Content-Type", "application/octet-stream")])
                            return [gzip.compress(b"")]
                        """),
                healthy("answer-kept-alive").on("23.0.0").options("-k gthread --keep-alive 75"),
                healthy("answer-for-websockets-only")
                        .on("23.0.0")
                        .options("-k uvicorn_worker.UvicornWorker")
                        .app("""
                        from fastapi import FastAPI, WebSocket
                        app = FastAPI(docs_url=None, openapi_url=None)
                        @app.websocket("/ws")
                        async def ws(socket: WebSocket):
                            await socket.accept()
                        """));
    }

    private static Case status(String name, String gunicorn, String answer) {
        return healthy(name)
                .on(gunicorn)
                .app("def app(environ, start_response):\n    start_response('" + answer + ")\n    return [b'']\n");
    }
}
