ServerSocket foreign = context.get('foreign')
foreign.close()
String log = new File(basedir, 'build.log').text
assert log.contains('Nothing was started, because a port is taken:')
assert log.contains('postgres needs port ' + foreign.localPort + ', which is taken by pid ' + ProcessHandle.current().pid())
assert log =~ /\d+ is free \(-Dtideline.portPrefix=\d+\)/
assert !log.contains('ready, ')

// Nothing is left: no process, no note about one, no port.
assert !new File(basedir, '.tideline').exists() || new File(basedir, '.tideline').listFiles().every { prefix ->
    (new File(prefix, 'services').list() ?: []).size() == 0 && (new File(prefix, 'users').list() ?: []).size() == 0
}
def ports = new File(basedir, 'target/tideline/ports.properties')
if (ports.exists()) {
    def numbers = new Properties()
    ports.withReader { numbers.load(it) }
    ['postgres', 'external-postgres'].each { new ServerSocket(numbers['tideline.port.' + it] as int, 1, InetAddress.loopbackAddress).close() }
}
true
