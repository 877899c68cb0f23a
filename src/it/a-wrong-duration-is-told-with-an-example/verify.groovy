import io.bootgate.it.FinishedBuild

def build = new FinishedBuild(basedir)

build.tells('timeout')
build.tells('soon')
build.tells('60s')
