import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.end().contains('NOT_READY')
assert build.end().contains('MISSING_MODULE')
assert build.end().contains('requirements.txt')
assert !build.text().contains('[INFO]')
assert build.text().readLines().size() < 60

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
