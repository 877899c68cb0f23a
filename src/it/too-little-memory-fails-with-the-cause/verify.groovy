import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'OUT_OF_MEMORY'
assert build.image().path('container').path('limits').path('memoryBytes').asLong() == 128L * 1024 * 1024
build.tells('OUT_OF_MEMORY')
build.tells('It boots with ')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
