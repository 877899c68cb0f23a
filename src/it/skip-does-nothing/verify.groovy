import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

assert build.text().contains('bootgate.skip')
assert !build.hasReport()
