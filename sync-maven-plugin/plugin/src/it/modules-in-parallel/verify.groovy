import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
assert log.count('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0') >= 2

Leftovers.requireNoneOf(basedir)
true
