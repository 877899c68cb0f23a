import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.cause().path('id').asText() == 'BUILD_FAILED'
assert build.cause().path('location').path('path').asText() == 'Dockerfile'
assert build.cause().path('location').path('line').asInt() == 3
build.tells('BUILD_FAILED')
build.tells('there-is-no-such-command')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
