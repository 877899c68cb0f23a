import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

assert build.end().contains('timeout')
assert build.end().contains('soon')
assert build.end().contains('60s')
