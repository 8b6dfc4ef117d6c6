import dev.tideline.devservices.lifecycle.TestEngine

// Where this is false, the invoker tells that the build was skipped; why, stands here.
TestEngine.obstacle().ifPresent { println "own-service needs Docker, but $it" }
TestEngine.obstacle().empty
