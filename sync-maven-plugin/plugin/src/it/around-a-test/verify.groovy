import dev.tideline.devservices.lifecycle.Leftovers

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

Leftovers.requireNoneOf(basedir)
true
