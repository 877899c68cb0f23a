import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

build.tells('[DEBUG]')
assert build.verdict() == 'NOT_READY'
assert build.file('log').contains('connecting as')
assert build.filesWith('correct-horse-' + 'battery-staple')*.toString() == ['service.env']

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
