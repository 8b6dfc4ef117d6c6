String log = new File(basedir, 'build.log').text
assert log.count('Tests run: 3, Failures: 0, Errors: 0, Skipped: 0') >= 2
assert log.count('postgres: ready, 16.15.0 on port ') == 2
['postgres', 'external-postgres', 'launchpad'].each { service -> assert log.readLines().any { it.contains('Stopped ') && it.contains(service) } }
String env = new File(basedir, 'target/tideline/ports.env').text
assert env =~ /export TIDELINE_POSTGRES_URL=postgres:\/\/postgres:postgres@127.0.0.1:\d+28\/postgres/
assert env =~ /export TIDELINE_PORT_SHOP=\d+40\n/
// Where the POM wants them.
assert new File(basedir, 'target/data of this build/postgres/PG_VERSION').text.trim() == '16'
assert new File(basedir, 'target/logs of this build/launchpad.log').exists()

// Nothing is left: no process, no note about one, no port.
assert !new File(basedir, '.tideline').exists() || new File(basedir, '.tideline').listFiles().findAll { it.directory }.every { prefix ->
    (new File(prefix, 'services').list() ?: []).size() == 0 && (new File(prefix, 'users').list() ?: []).size() == 0
}
def ports = new File(basedir, 'target/tideline/ports.properties')
if (ports.exists()) {
    def numbers = new Properties()
    ports.withReader { numbers.load(it) }
    ['postgres', 'external-postgres'].each { new ServerSocket(numbers['tideline.port.' + it] as int, 1, InetAddress.loopbackAddress).close() }
}
true
