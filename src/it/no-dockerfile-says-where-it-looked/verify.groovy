import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

assert build.end().contains('BUILD FAILURE')
assert build.end().contains(new File(basedir, 'Dockerfile').path)
assert !build.hasReport()
