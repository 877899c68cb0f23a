import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert !build.hasReport()
try (def there = new TestEngine(engine)) {
    assert there.hasImage('bootgate-it/built-only:1.0')
}

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
