import dev.tideline.devservices.lifecycle.TestEngine

File pom = new File(basedir, 'pom.xml')
pom.text = pom.text.replace('IMAGE', TestEngine.image('collector'))
true
