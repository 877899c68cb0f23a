import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

build.tells('NOT_READY')
build.tells('MISSING_MODULE')
build.tells('requirements.txt')
build.neverTells('[INFO]')
assert build.printed().readLines().size() < 60

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
