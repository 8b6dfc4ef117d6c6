package dev.tideline.bench.engine;

import dev.tideline.e2e.HeapLog;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An {@link Engine} in its own JVM, with a heap limit. For one thread; closing ends the JVM. */
public final class EngineProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final HeapLog heap;
    private final Path log;

    private EngineProcess(Process process, HeapLog heap, Path log) {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.heap = heap;
        this.log = log;
    }

    /**
     * Starts the JVM, and returns when its engine was created; the engine applies nothing yet.
     *
     * @param heapMegabytes limit of its heap
     * @param settings of the engine
     */
    public static EngineProcess launch(Class<? extends Engine> engine, int heapMegabytes, Map<String, String> settings)
            throws IOException {
        return launch(engine, heapMegabytes, settings, List.of());
    }

    /** As {@link #launch(Class, int, Map)}, with JVM options that the engine's makers recommend. */
    public static EngineProcess launch(
            Class<? extends Engine> engine, int heapMegabytes, Map<String, String> settings, List<String> jvmOptions)
            throws IOException {
        Path folder = Files.createTempDirectory("tideline-bench-");
        HeapLog heap = new HeapLog(folder.resolve("heap.log"));
        Path log = folder.resolve("engine.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(heap.jvmOptions(heapMegabytes));
        command.addAll(jvmOptions);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(List.of("-classpath", classPath(), EngineMain.class.getName(), engine.getName()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        EngineProcess launched = new EngineProcess(process, heap, log);
        launched.expect(EngineMain.READY, "be made");
        return launched;
    }

    /** This process's class path; test launchers have a special class loader for it. */
    private static String classPath() {
        String launched = System.getProperty("java.class.path");
        if (EngineProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator, "", File.pathSeparator + launched));
        }
        return launched;
    }

    public void start() throws IOException {
        tell("start");
    }

    /** Returns when nothing moves any more. */
    public void stop() throws IOException {
        tell("stop");
    }

    /** Processor time of the process since it began, user and system. */
    public Duration processorTime() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this machine does not tell a process's time"));
    }

    /**
     * The largest heap in megabytes before any collection, garbage included.
     *
     * @throws IllegalStateException if there was no collection, so that it is unknown
     */
    public long peakHeap() throws IOException {
        return heap.peak()
                .orElseThrow(() -> new IllegalStateException("nothing is known of the heap: there was no collection"));
    }

    private void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        expect(EngineMain.DONE, command);
    }

    /** Other lines on the same output are skipped. */
    private void expect(String wanted, String what) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.equals(wanted)) {
                return;
            }
            if (line.startsWith(EngineMain.FAILED)) {
                throw new IOException("the engine could not " + what + ": " + line.substring(EngineMain.FAILED.length())
                        + "; its log is " + log);
            }
        }
        throw new IOException(
                "the engine's process ended when it should " + what + "; its log: " + Files.readString(log));
    }

    /** Gives the engine time to stop by itself. */
    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
