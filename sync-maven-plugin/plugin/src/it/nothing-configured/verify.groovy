import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
['launchpad', 'postgres', 'external-postgres', 'mail', 'collector'].each {
    assert (log =~ /(?m)^\[INFO\] $it: ready, \S+ on ports? .*, \d+ ms$/).count == 1
    // A goal of its own saw it, in the same build.
    assert (log =~ /(?m)^\[INFO\] $it: ready, .* for the build of nothing-configured$/).count == 1
}
// Maven 4 says before each line that it came by standard output.
assert log =~ /(?m)^(\S+ )*  \d+05 +mailbox +mailbox: HTTP API and page/
assert log.contains('sync:doctor')
assert log =~ /Stopped .*launchpad/

def numbers = new Properties()
new File(basedir, 'target/tideline/ports.properties').withReader { numbers.load(it) }
assert numbers['tideline.launchpad.url'] == 'http://127.0.0.1:' + numbers['tideline.port.launchpad']

Leftovers.requireNoneOf(basedir)
true
