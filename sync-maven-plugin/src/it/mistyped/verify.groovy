String log = new File(basedir, 'build.log').text
assert log.contains('The <configuration> of sync-maven-plugin has <keepRuning>, which is no parameter of it.'
        + ' Did you mean keepRunning? There are: ')
assert !log.contains('ready, ')
assert !new File(basedir, '.tideline').exists()
true
