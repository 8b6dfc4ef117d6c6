import dev.tideline.maven.builds.KilledMavens
import dev.tideline.maven.builds.RealMaven

if ((kills as int) > 0) {
    new KilledMavens(RealMaven.of(basedir, localRepositoryPath), basedir.toPath().toRealPath(), System.out).run(kills as int)
}
true
