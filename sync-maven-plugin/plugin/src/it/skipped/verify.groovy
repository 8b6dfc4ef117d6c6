String log = new File(basedir, 'build.log').text
List said = (log =~ /No services are started: (.*)/).collect { it[1] }
assert said == [
    'integration tests are skipped by the property skipITs.',
    'integration tests are skipped by -DskipITs.',
    'integration tests are skipped by -Dmaven.test.skip.',
    'tideline.skip is set.',
    'integration tests are skipped by <skip> in the configuration of maven-failsafe-plugin.']
assert log.count('mail: ready, ') == 1
assert log.count('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0') >= 1
assert log.count('BUILD SUCCESS') == 6
true
