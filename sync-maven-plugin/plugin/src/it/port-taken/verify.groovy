import dev.tideline.devservices.lifecycle.Leftovers

ServerSocket foreign = context.get('foreign')
foreign.close()
String log = new File(basedir, 'build.log').text
assert log.contains('Nothing was started, because a port is taken:')
assert log.contains('postgres needs port ' + foreign.localPort + ', which is taken by pid ' + ProcessHandle.current().pid())
assert log =~ /\d+ is free \(-Dtideline.portPrefix=\d+\)/
assert !log.contains('ready, ')

Leftovers.requireNoneOf(basedir)
true
