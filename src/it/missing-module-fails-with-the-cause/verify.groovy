import io.bootgate.it.FinishedBuild
import io.bootgate.it.TestEngine

def build = new FinishedBuild(basedir)

assert build.verdict() == 'NOT_READY'
def cause = build.cause()
assert cause.path('id').asText() == 'MISSING_MODULE'
assert cause.path('certainty').asText() == 'certain'
assert cause.path('location').path('path').asText() == 'app.py'
assert cause.path('location').path('line').asInt() == 1
assert cause.path('evidence').path(0).path('text').asText().contains("No module named 'requests'")

def end = build.end()
assert end.contains('NOT_READY')
assert end.contains('MISSING_MODULE')
assert end.contains('app.py:1')
assert end.contains('import requests')
assert end.contains('requirements.txt')
assert end.contains('report.json')
assert end.contains('BUILD FAILURE')
assert build.file('log').contains('Worker failed to boot.')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
