import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'READY'

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
