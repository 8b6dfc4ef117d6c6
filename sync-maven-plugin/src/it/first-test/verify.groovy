String log = new File(basedir, 'build.log').text
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
assert (log =~ /(?m)^\[INFO\] (postgres|mail): ready, .* ms$/).count == 2
assert log =~ /Stopped .*mail/
true
