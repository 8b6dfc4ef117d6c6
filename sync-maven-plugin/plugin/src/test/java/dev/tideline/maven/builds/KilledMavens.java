package dev.tideline.maven.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.lifecycle.Leftovers;
import dev.tideline.devservices.lifecycle.TestEngine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Start, {@code kill -9} of Maven at a random moment, start, stop: nothing may be left, however often. Run by the build
 * {@code src/it/killed}: one kill, or as many as {@code -Dtideline.test.kills} says; with {@code -Dtideline.test.seed} at the
 * same parts of a start as in an earlier run.
 *
 * @param maven how Maven is started
 * @param workspace folder of a project whose lifecycle starts and stops services
 * @param out told each round
 */
public record KilledMavens(RealMaven maven, Path workspace, PrintStream out) {

    private static final List<String> SERVICES =
            List.of("launchpad", "postgres", "external-postgres", "mail", "collector");

    /** Services that some killed Mavens start; the start that follows always wants them all. */
    private static final String SOME = "postgres,mail";

    /**
     * Kills as many Mavens with each provider; that of Docker is left out, by name, where it cannot run.
     *
     * @param rounds how many with each
     * @throws Exception if anything fails or is left
     */
    public void run(int rounds) throws Exception {
        long seed = Long.getLong("tideline.test.seed", System.nanoTime());
        rounds(rounds, "embedded", seed);
        Optional<String> obstacle = TestEngine.obstacle();
        if (obstacle.isPresent()) {
            out.println("skipped: kills with provider docker, which needs Docker, but " + obstacle.get());
        } else {
            rounds(rounds, "docker", seed);
        }
    }

    private void rounds(int rounds, String provider, long seed) throws Exception {
        Random random = new Random(seed);
        List<String> options = options(provider);
        long startMillis = startAndStop(options, "before the first kill");
        int kills = 0;
        for (int round = 1; kills < rounds; round++) {
            // Called by hand, services outlive Maven; in a lifecycle the kill may also come while they are stopped.
            boolean byHand = random.nextBoolean();
            boolean some = random.nextInt(4) == 0;
            // A part of what the last start took, so that the moments cover all of it, and stay there on a busy
            // machine.
            long millis = (long) (random.nextDouble() * (byHand ? 1 : 1.25) * startMillis);
            List<String> victim = new ArrayList<>(options);
            victim.add(byHand ? "sync:start" : "verify");
            if (some) {
                victim.add("-Dtideline.services=" + SOME);
            }
            boolean alive = kill(victim, millis);
            kills += alive ? 1 : 0;
            String where = "round " + round + ", kill " + kills + " of " + rounds + ", " + victim + " killed after "
                    + millis + " ms, seed " + seed + (alive ? "" : "; it had ended, which does not count");
            out.println(where);
            assertThat(round).as("rounds, of which too few met a living Maven").isLessThan(10 + 3 * rounds);
            startMillis = startAndStop(options, where);
        }
        mvn(options, "sync:clean");
    }

    /** Whether Maven still lived when it was killed. */
    private boolean kill(List<String> arguments, long millis) throws Exception {
        Process victim = maven.begin(workspace, log(), arguments);
        boolean ended = victim.waitFor(millis, TimeUnit.MILLISECONDS);
        victim.destroyForcibly().waitFor();
        return !ended;
    }

    /** Milliseconds that the start took, Maven's own included. */
    private long startAndStop(List<String> options, String where) throws Exception {
        long begin = System.nanoTime();
        String started = mvn(options, "sync:start");
        long startMillis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(SERVICES)
                .as("%s: %s", where, started)
                .allSatisfy(service ->
                        assertThat(started).containsPattern("(?m)^\\[INFO\\] " + service + ": (ready|reused), "));
        String stopped = mvn(options, "sync:stop");
        assertThat(SERVICES)
                .as("%s: %s", where, stopped)
                .allSatisfy(service -> assertThat(stopped).containsPattern("Stopped .*\\b" + service));
        Leftovers.of(workspace).requireNone(where);
        return startMillis;
    }

    private String mvn(List<String> options, String goal) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.add(goal);
        return maven.run(workspace, log(), arguments);
    }

    private Path log() {
        return workspace.resolve("one-maven.log");
    }

    private static List<String> options(String provider) {
        List<String> options =
                new ArrayList<>(List.of("-Dtideline.provider=" + provider, "-Dtideline.portPrefix=auto"));
        if (provider.equals("docker")) {
            SERVICES.stream()
                    .filter(service -> !service.equals("launchpad"))
                    .map(service -> "-Dtideline.image." + service + "=" + TestEngine.image(service))
                    .forEach(options::add);
        }
        return options;
    }
}
