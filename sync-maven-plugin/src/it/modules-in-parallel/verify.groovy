String log = new File(basedir, 'build.log').text
assert log.count('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0') >= 2

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
