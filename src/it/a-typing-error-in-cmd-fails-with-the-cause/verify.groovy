import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'COMMAND_NOT_FOUND'
assert build.end().contains('COMMAND_NOT_FOUND')
assert build.end().contains('gunicron')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
