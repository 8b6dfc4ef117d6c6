package dev.tideline.sync.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A bank whose source and targets are on two servers of its own, which a test may kill. Used by one thread.
 *
 * @param source the server of the source
 * @param targets the server of all external databases
 */
public record BankServers(KillableServer source, KillableServer targets, Bank bank) implements AutoCloseable {

    /** Starts both, and installs. */
    public static BankServers start(Path folder) throws IOException {
        KillableServer source = new KillableServer(folder.resolve("source"), Map.of());
        KillableServer targets = new KillableServer(folder.resolve("target"), Map.of());
        return new BankServers(source, targets, Bank.open(source, targets, folder));
    }

    @Override
    public void close() {
        source.close();
        targets.close();
    }
}
