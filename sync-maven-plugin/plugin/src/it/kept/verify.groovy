import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
assert (log =~ /ready, 18.6.0 on port \d+, \d+ ms/).count == 2
assert log.count('reused, 18.6.0 on port ') == 2
// Twice: neither the build that keeps them nor the next one takes them from the command line.
assert log.count('postgres stays: it is used by the command line.') == 4
assert log =~ /postgres: ready, 18.6.0 on port \d+28 \(embedded, pid \d+\), for the command line/
assert log.contains('Nothing of this workspace runs on prefix')
assert new File(basedir, '.tideline').listFiles().every { !new File(it, 'data/postgres').exists() }

Leftovers.requireNoneOf(basedir)
true
