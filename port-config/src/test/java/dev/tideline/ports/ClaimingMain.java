package dev.tideline.ports;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/** Claims an automatic prefix out of the given candidates, once it is told to, and prints it. */
final class ClaimingMain {
    private ClaimingMain() {}

    public static void main(String[] arguments) throws Exception {
        PrefixRegistry registry = new PrefixRegistry(
                Path.of(arguments[0]),
                PrefixCandidates.only(Arrays.stream(arguments[1].split(","))
                        .map(Integer::valueOf)
                        .toList()),
                Clock.systemUTC());
        Workspace workspace = Workspace.at(Path.of(""));
        System.out.println("ready");
        System.in.read();
        System.out.println(registry.claim(workspace));
    }
}
