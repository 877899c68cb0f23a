import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

build.tells('bootgate.skip')
assert !build.hasReport()
