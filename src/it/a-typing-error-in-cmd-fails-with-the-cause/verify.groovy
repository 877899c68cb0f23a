import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'COMMAND_NOT_FOUND'
build.tells('COMMAND_NOT_FOUND')
build.tells('gunicron')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
