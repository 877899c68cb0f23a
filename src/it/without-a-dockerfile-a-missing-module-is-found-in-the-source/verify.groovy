import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
assert build.image().path('image').path('builder').asText() == 'jib'
def cause = build.cause()
assert cause.path('id').asText() == 'MISSING_MODULE'
assert cause.path('location').path('path').asText() == 'app.py'
assert cause.path('location').path('line').asInt() == 1
assert cause.path('location').path('inImage').asText() == '/app/app.py'
assert build.file('log').contains('Worker failed to boot.')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
