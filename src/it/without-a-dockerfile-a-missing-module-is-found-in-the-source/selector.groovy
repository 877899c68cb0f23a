return io.bootgate.it.TestEngine.isReadyFor(base, engine)
