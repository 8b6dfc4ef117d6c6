package dev.tideline.devservices.provider.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The command line of a JVM that starts fast and stays small. */
final class JvmCommand {

    /** Environment variables with options for a JVM. */
    static final Set<String> VARIABLES = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** Characters of settings that fit into a command line of 4096 bytes besides everything else; see {@link #of}. */
    static final int LONGEST_SETTINGS = 2000;

    /** The environment variable of the class path. */
    static final String CLASS_PATH = "CLASSPATH";

    private static final String LOG_LINE = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    /** From this release on the JDK warns about what Undertow's and protobuf's fast paths use. */
    private static final int WARNS_OF_UNSAFE = 24;

    private JvmCommand() {}

    /**
     * The class path is passed in the environment: on Linux, Java reads at most 4096 bytes of another process's command
     * line and returns no arguments at all if there are more, so the token would be invisible.
     */
    static List<String> of(int heapMegabytes, String token, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java().toString(),
                // Saves half a second of the start, and these servers never get hot.
                "-XX:TieredStopAtLevel=1",
                // Saves 10 MB for two servers: most methods that a test calls are not worth compiling.
                "-XX:CompileThresholdScaling=30",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                // Java's default, a 64th of the machine's memory, takes 25 MB more at rest for two servers that need
                // 10.
                "-Xms4m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Djava.util.logging.SimpleFormatter.format=" + LOG_LINE,
                "-Dtideline.token=" + token));
        if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The value of {@link #CLASS_PATH}. */
    static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The java program of this JVM. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
