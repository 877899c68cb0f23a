import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

build.tells('BUILD FAILURE')
build.tells('SECRET_KEY')
build.tells('DATABASE_URL')
assert !build.hasReport()
