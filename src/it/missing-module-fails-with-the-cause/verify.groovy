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
// The autopsy ends with the first answer, though the stand-in makes it a 500.
assert cause.path('evidence').any { it.path('text').asText() == 'With a stand-in for requests it booted.' }

// All that is needed is on the last screen.
def screen = build.printed().readLines().takeRight(40).join('\n')
for (needed in ['NOT_READY', 'MISSING_MODULE', 'app.py:1', 'import requests', 'requirements.txt', 'report.json', 'BUILD FAILURE']) {
    assert screen.contains(needed)
}
assert build.file('log').contains('Worker failed to boot.')

try (def there = new TestEngine(engine)) {
    assert there.containersOf(basedir.name) == []
}
