package dev.tideline.testkit;

/** Brings a new database to the state in which tests want it: schema, reference data. */
@FunctionalInterface
public interface Migration {

    /**
     * Runs once on an empty database; what it leaves is copied.
     *
     * @param empty the database: {@link ExternalDatabase#connect()} for SQL, {@link ExternalDatabase#jdbcUrl()} for Flyway
     *     or Liquibase
     * @throws Exception why it cannot be migrated
     */
    void migrate(ExternalDatabase empty) throws Exception;
}
