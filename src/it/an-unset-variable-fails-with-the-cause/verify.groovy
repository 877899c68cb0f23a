import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'MISSING_ENV'
assert build.cause().path('location').path('path').asText() == 'app.py'
build.tells('SECRET_KEY')
build.tells('app.py:6')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
