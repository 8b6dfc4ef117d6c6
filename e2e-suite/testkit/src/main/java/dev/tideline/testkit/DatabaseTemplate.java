package dev.tideline.testkit;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A migrated database of which each test gets a copy. The next copy is made while a test runs, so that taking one
 * hardly takes any time. Safe for use by several threads. Obtained from {@link ExternalDatabases#template}.
 */
public final class DatabaseTemplate implements AutoCloseable {
    private final DatabaseServer server;
    private final String label;
    private final String name;
    private final Consumer<ExternalDatabase> made;
    private final ExecutorService copying = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "tideline-database-copies");
        thread.setDaemon(true);
        return thread;
    });

    /** Guarded by this. */
    private CompletableFuture<ExternalDatabase> next;

    /**
     * Nobody may be connected to the database any more.
     *
     * @param name of the migrated database
     * @param made called for each copy
     */
    DatabaseTemplate(DatabaseServer server, String label, String name, Consumer<ExternalDatabase> made) {
        this.server = server;
        this.label = label;
        this.name = name;
        this.made = made;
        next = CompletableFuture.supplyAsync(this::copy, copying);
    }

    /**
     * Takes an unused copy, with everything that the migration left.
     *
     * @throws ExternalDatabaseException if the server refuses
     */
    public ExternalDatabase create() {
        return take(CompletableFuture.completedFuture(null));
    }

    /** Takes the copy that is there, and makes the next one after the given work, which would have to wait for that. */
    private ExternalDatabase take(CompletableFuture<Void> work) {
        CompletableFuture<ExternalDatabase> mine;
        synchronized (this) {
            mine = next;
            next = work.thenApplyAsync(done -> copy(), copying);
        }
        try {
            return mine.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ExternalDatabaseException refused ? refused : e;
        }
    }

    /**
     * Replaces a database by a fresh copy under the same name and address, and cuts every connection. So an application
     * that was started with the address gets an unused database.
     *
     * @param database from {@link #create}
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void reset(ExternalDatabase database) {
        CompletableFuture<Void> replaced = new CompletableFuture<>();
        String used = DatabaseName.create(label).toString();
        try {
            server.replace(database.name(), used, take(replaced).name());
        } finally {
            replaced.complete(null);
        }
        copying.execute(() -> server.drop(used));
    }

    /** Drops the template, and the copy that nobody took. Copies that were taken stay. */
    @Override
    public synchronized void close() {
        CompletableFuture<ExternalDatabase> spare = next;
        next = CompletableFuture.failedFuture(new CancellationException("The template " + label + " is closed"));
        copying.execute(() -> {
            if (spare.isDone() && !spare.isCompletedExceptionally()) {
                spare.join().drop();
            }
            server.drop(name);
        });
        copying.shutdown();
        Eventually.await("the template " + label + " is dropped")
                .until(copying::isTerminated, "true", Boolean::booleanValue);
    }

    private ExternalDatabase copy() {
        String copy = DatabaseName.create(label).toString();
        server.copy(name, copy);
        ExternalDatabase database = new ExternalDatabase(server, copy);
        made.accept(database);
        return database;
    }
}
