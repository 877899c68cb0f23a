import com.fasterxml.jackson.databind.ObjectMapper
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

def image = new ObjectMapper().readTree(new File(basedir, 'target/bootgate/image.json'))
assert image.path('reference').asText() == 'bootgate-it/built-only:1.0'
assert image.path('id').asText() ==~ /sha256:[0-9a-f]{64}/
assert image.path('builder').asText() == 'docker'
assert !image.path('pushed').asBoolean()
