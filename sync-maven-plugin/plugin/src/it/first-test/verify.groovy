import dev.tideline.maven.builds.MavensAtOnce
import dev.tideline.maven.builds.RealMaven

String log = new File(basedir, 'build.log').text
assert log.contains('Tests run: 1, Failures: 0, Errors: 0, Skipped: 0')
assert (log =~ /(?m)^\[INFO\] (postgres|mail): ready, .* ms$/).count == 2
assert log =~ /Stopped .*mail/

// The same page in workspaces of their own, all at once.
if ((buildsAtOnce as int) > 0) {
    new MavensAtOnce(RealMaven.of(basedir, localRepositoryPath), basedir.toPath(), System.out).run(buildsAtOnce as int)
}
true
