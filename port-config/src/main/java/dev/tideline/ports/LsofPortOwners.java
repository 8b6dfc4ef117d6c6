package dev.tideline.ports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Best effort for systems without {@code /proc}: asks {@code lsof}, which macOS has and Windows has not, for the pid
 * and the JVM for its command line. It knows neither a process's environment nor its directory, so the workspace can
 * only be found in the command line.
 */
record LsofPortOwners(String program) implements PortOwners {
    private static final long SECONDS_TO_ANSWER = 10;

    @Override
    public Map<Integer, PortOwner> find(Set<Integer> ports) {
        Map<Integer, PortOwner> owners = new HashMap<>();
        ports.forEach(port -> pid(port).ifPresent(pid -> owners.put(port, owner(pid))));
        return owners;
    }

    private static PortOwner owner(long pid) {
        Optional<ProcessHandle.Info> info = ProcessHandle.of(pid).map(ProcessHandle::info);
        List<String> arguments = info.flatMap(ProcessHandle.Info::commandLine)
                .or(() -> info.flatMap(ProcessHandle.Info::command))
                .map(line -> List.of(line.split(" ")))
                .orElse(List.of());
        return new PortOwner(
                OptionalLong.of(pid),
                OptionalLong.empty(),
                CommandText.of(arguments),
                OwnMarks.workspace(List.of(), Optional.empty(), arguments),
                true);
    }

    /** {@code -t} prints only pids, {@code -nP} avoids queries to name servers. */
    private OptionalLong pid(int port) {
        try {
            Process lsof = new ProcessBuilder(program, "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            lsof.getOutputStream().close();
            try {
                return firstNumber(answer(lsof));
            } finally {
                lsof.destroyForcibly();
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /** Reads in another thread, because {@code lsof} can hang forever on an unreachable network file system. */
    private static String answer(Process lsof) throws InterruptedException, ExecutionException, TimeoutException {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    } catch (IOException e) {
                        return "";
                    }
                })
                .get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
    }

    private static OptionalLong firstNumber(String text) {
        return text.lines()
                .filter(line -> line.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
