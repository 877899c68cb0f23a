import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

build.tells('READY')
build.neverTells('NOT_READY')
def image = build.image()
assert image.path('verdict').asText() == 'READY'
assert image.path('causes').isEmpty()
assert image.path('server').path('name').asText() == 'gunicorn'
assert image.path('server').path('version').asText() == '23.0.0'
assert image.path('server').path('workersBooted').asInt() == 1
assert image.path('server').path('boundTo').path(0).asText() == 'http://0.0.0.0:8000'
assert image.path('timings').path('answeredMillis').asInt() > 0
assert build.file('log').contains('Listening at: http://0.0.0.0:8000')
assert build.file('timeline').readLines().size() > 5

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
