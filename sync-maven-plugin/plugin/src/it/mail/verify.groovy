import dev.tideline.devservices.lifecycle.Leftovers

String log = new File(basedir, 'build.log').text
assert log.count('Tests run: 2, Failures: 0, Errors: 0, Skipped: 0') >= 2
assert log.contains('Provider auto chose embedded: ')
assert (log =~ /mail: ready, \S+ on ports \d+05 \(mailbox\), \d+29 \(smtp\), \d+30 \(pop3\), \d+ ms/).count == 2
assert (log =~ /collector: ready, \S+ on ports \d+07 \(traces\), \d+31 \(otlp\), \d+ ms/).count == 2
assert (log =~ /mail: reused, /).count == 1
assert (log =~ /mail: ready, .* \(embedded, pid \d+\), for the command line/).count == 1
assert log.contains('mail stays: it is used by the command line.')
assert log.contains('mail and collector run on Java ')
assert (log =~ /Stopped .*mail/).count == 2
assert !log.contains('SLF4J')
String env = new File(basedir, 'target/tideline/ports.env').text
assert env =~ /export TIDELINE_MAILBOX_URL=http:\/\/127.0.0.1:\d+05\n/
assert env =~ /export TIDELINE_SMTP_PORT=\d+29\n/

Leftovers.requireNoneOf(basedir)
true
