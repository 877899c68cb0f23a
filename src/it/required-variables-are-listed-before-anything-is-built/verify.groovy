import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

assert build.end().contains('BUILD FAILURE')
assert build.end().contains('SECRET_KEY')
assert build.end().contains('DATABASE_URL')
assert !build.hasReport()
