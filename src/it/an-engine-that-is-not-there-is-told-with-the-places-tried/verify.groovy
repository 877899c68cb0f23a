import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

assert build.end().contains('BUILD FAILURE')
assert build.end().contains('127.0.0.1:1')
assert build.end().contains('DOCKER_HOST')
assert !build.hasReport()
