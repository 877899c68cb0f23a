import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

build.tells('BUILD FAILURE')
build.tells(new File(basedir, 'Dockerfile').path)
assert !build.hasReport()
