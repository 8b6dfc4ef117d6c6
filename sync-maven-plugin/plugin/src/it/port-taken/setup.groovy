import dev.tideline.ports.PrefixRegistry
import dev.tideline.ports.Workspace

// The same registry as the build's own, so that the build gets the prefix whose port is taken here.
int prefix = PrefixRegistry.at(basedir.parentFile.toPath().resolveSibling('it-state')).claim(Workspace.at(basedir.toPath()))
context.put('foreign', new ServerSocket(prefix * 100 + 28, 1, InetAddress.loopbackAddress))
true
