String log = new File(basedir, 'build.log').text
assert log.count('No services are started: tests are skipped.') == 3
assert log.count('No services are started: tideline.skip is set.') == 1
assert !log.contains('ready, ')
assert !new File(basedir, '.tideline').exists()
true
