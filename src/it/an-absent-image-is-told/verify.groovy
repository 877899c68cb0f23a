import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

build.tells('BUILD FAILURE')
build.tells('127.0.0.1:1/acme/absent:7')
assert !build.hasReport()

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
