import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
assert log.contains('on purpose')
// Only start is bound: the end of the build stops them.
assert log =~ /Stopped .*postgres.* at the end of the build/

Leftovers.requireNoneOf(basedir)
true
