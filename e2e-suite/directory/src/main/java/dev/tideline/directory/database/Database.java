package dev.tideline.directory.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.net.URI;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The app's database: one pool, and one transaction per call. Safe for use by many threads. */
public final class Database implements AutoCloseable {

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /**
     * Opens the pool and migrates the tables.
     *
     * @param url {@code postgres://user:password@host:port/database}
     */
    public static Database open(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl(url));
        config.setMaximumPoolSize(connections);
        config.setPoolName("directory");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:dev/tideline/directory/migrations")
                    .table("directory_migration")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The driver expects user and password as parameters; they are percent-encoded in the URL, and stay so. */
    private static String jdbcUrl(String url) {
        URI uri = URI.create(url);
        String[] login = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://" + uri.getHost())
                .append(uri.getPort() < 0 ? "" : ":" + uri.getPort())
                .append(uri.getRawPath())
                .append(uri.getRawQuery() == null ? "?" : "?" + uri.getRawQuery() + "&")
                .append("ApplicationName=directory");
        if (login.length > 0) {
            jdbc.append("&user=").append(login[0]);
        }
        if (login.length > 1) {
            jdbc.append("&password=").append(login[1]);
        }
        return jdbc.toString();
    }

    /** Runs this in one transaction (READ COMMITTED): rows and names are locked, always in the same order. */
    public <T, X extends Exception> T inTransaction(HandleCallback<T, X> work) throws X {
        return jdbi.inTransaction(handle -> {
            nameSpan(handle);
            return work.withHandle(handle);
        });
    }

    /** As {@link #inTransaction}, without a result. */
    public <X extends Exception> void useTransaction(HandleConsumer<X> work) throws X {
        jdbi.useTransaction(handle -> {
            nameSpan(handle);
            work.useHandle(handle);
        });
    }

    /** Tideline continues the trace of a transaction that names its span. */
    private static void nameSpan(Handle handle) {
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            handle.createQuery("SELECT set_config('tideline.traceparent', :traceparent, true)")
                    .bind(
                            "traceparent",
                            "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                                    + span.getTraceFlags().asHex())
                    .mapTo(String.class)
                    .one();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
