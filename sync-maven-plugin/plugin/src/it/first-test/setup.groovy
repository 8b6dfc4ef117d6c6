// The project is the page: every file of it that the page has, as it stands there.
String page = new File(basedir, '../../../../../docs/first-test.md').text
def block = { String language -> (page =~ /(?s)```$language\n(.*?)```/)[0][1] }
// Without a network there are only the versions that the build around uses.
def fixed = [jar: '3.5.1', resources: '3.5.0', surefire: '3.6.1'].collect { name, version ->
    "<plugin><artifactId>maven-$name-plugin</artifactId><version>$version</version></plugin>"
}.join('')
new File(basedir, 'pom.xml').text = block('xml').replaceFirst('<plugins>', '<plugins>' + fixed)
new File(basedir, 'src/test/java').mkdirs()
new File(basedir, 'src/test/schema.sql').text = block('sql')
new File(basedir, 'src/test/java/SignUpIT.java').text = block('java')
assert block('bash').trim() == 'mvn verify'
true
