import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'READY'
assert build.image().path('image').path('builder').asText() == 'none'
assert build.image().path('image').path('buildMillis').isNull()

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
