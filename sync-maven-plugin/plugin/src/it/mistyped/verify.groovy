String log = new File(basedir, 'build.log').text
assert log.contains('The <configuration> of sync-maven-plugin has <keepRuning>, which is not one of its parameters.'
        + ' Did you mean keepRunning? There are: ')
assert log.contains('A <service> in the <configuration> of sync-maven-plugin, postgres, has <initScript>, which is not'
        + ' one of its elements. Did you mean initScripts? There are: ')
assert log.contains("Service postgres: there is no init script src/test/schema.sql in ${basedir}, the folder of the POM."
        + ' Correct <initScripts> of the service; relative paths start at the folder of the POM.')
assert !log.contains('ready, ')
assert !new File(basedir, '.tideline').exists()
true
