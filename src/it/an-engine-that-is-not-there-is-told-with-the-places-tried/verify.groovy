import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

build.tells('BUILD FAILURE')
build.tells('127.0.0.1:1')
build.tells('DOCKER_HOST')
assert !build.hasReport()
