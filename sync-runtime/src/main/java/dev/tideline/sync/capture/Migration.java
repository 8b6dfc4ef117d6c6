package dev.tideline.sync.capture;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings schema {@code tideline} of a source to this version. */
final class Migration {

    private Migration() {}

    static void run(DataSource source) {
        Flyway.configure(Migration.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:dev/tideline/sync/migration")
                .schemas("tideline")
                .defaultSchema("tideline")
                .createSchemas(true)
                .table("schema_history")
                .cleanDisabled(true)
                .load()
                .migrate();
    }
}
