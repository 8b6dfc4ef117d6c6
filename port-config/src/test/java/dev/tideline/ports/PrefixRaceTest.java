package dev.tideline.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrefixRaceTest {
    private static final int RACERS = 8;

    @TempDir
    Path temporary;

    /** Eight blocks for eight: a single double claim leaves somebody without one. */
    @Test
    void eight_processes_at_once_share_eight_blocks_without_a_double() throws Exception {
        List<Integer> blocks = FreePrefixes.some(RACERS, temporary);
        String candidates = blocks.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<ForkedJvm> racers = new ArrayList<>();
        try {
            for (int i = 0; i < RACERS; i++) {
                racers.add(new ForkedJvm(
                        workspace(i),
                        Map.of(),
                        ClaimingMain.class,
                        temporary.resolve("state").toString(),
                        candidates));
            }
            for (ForkedJvm racer : racers) {
                assertThat(racer.line()).isEqualTo("ready");
            }
            for (ForkedJvm racer : racers) {
                racer.say("go");
            }
            List<Integer> got = new ArrayList<>();
            for (ForkedJvm racer : racers) {
                got.add(Integer.valueOf(racer.line()));
            }
            assertThat(got).containsExactlyInAnyOrderElementsOf(blocks);
        } finally {
            racers.forEach(ForkedJvm::close);
        }
    }

    @Test
    void eight_command_lines_with_auto_print_eight_different_tables_and_the_same_ones_again() throws Exception {
        List<String> first = printedPortsOfAll();
        assertThat(new HashSet<>(first)).hasSize(RACERS);
        assertThat(printedPortsOfAll()).isEqualTo(first);
    }

    private List<String> printedPortsOfAll() throws Exception {
        List<ForkedJvm> racers = new ArrayList<>();
        try {
            for (int i = 0; i < RACERS; i++) {
                Map<String, String> environment = Map.of(
                        "TIDELINE_PORT_PREFIX",
                        "auto",
                        "XDG_STATE_HOME",
                        temporary.resolve("xdg").toString());
                racers.add(new ForkedJvm(workspace(i), environment, PortsMain.class, "properties"));
            }
            List<String> printed = new ArrayList<>();
            for (ForkedJvm racer : racers) {
                printed.add(racer.rest());
                assertThat(racer.exitCode()).as(racer.rest()).isZero();
            }
            return printed;
        } finally {
            racers.forEach(ForkedJvm::close);
        }
    }

    /** Maven loads a plugin in class loaders of its own; a file lock refuses a second holder in one JVM. */
    @Test
    void threads_in_different_class_loaders_wait_for_each_other() throws Exception {
        URL classes = PrefixRegistry.class.getProtectionDomain().getCodeSource().getLocation();
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Callable<Set<Integer>>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                Path workspace = workspace(i);
                racers.add(() -> claimAgainAndAgain(classes, workspace));
            }
            for (Future<Set<Integer>> racer : threads.invokeAll(racers)) {
                assertThat(racer.get()).isNotEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Set<Integer> claimAgainAndAgain(URL classes, Path workspace) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> workspaces = loader.loadClass(Workspace.class.getName());
            Class<?> registries = loader.loadClass(PrefixRegistry.class.getName());
            assertThat(registries).isNotSameAs(PrefixRegistry.class);
            Object mine = workspaces.getMethod("at", Path.class).invoke(null, workspace);
            Object registry = registries.getMethod("at", Path.class).invoke(null, temporary.resolve("state"));
            Set<Integer> got = new HashSet<>();
            for (int round = 0; round < 10; round++) {
                got.add((Integer) registries.getMethod("claim", workspaces).invoke(registry, mine));
                registries.getMethod("release", workspaces).invoke(registry, mine);
            }
            return got;
        }
    }

    private Path workspace(int number) throws Exception {
        return Files.createDirectories(temporary.resolve("workspace " + number + "/.tideline"))
                .getParent();
    }
}
