import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'SYSTEM_EXIT'
build.tells('SYSTEM_EXIT')
assert build.image().path('timings').path('verdictMillis').asInt() < 30000

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
