package dev.tideline.testkit;

/** Brings a new database to the state that tests need: schema, reference data. */
@FunctionalInterface
public interface Migration {

    /**
     * Runs once on an empty database, which is copied afterwards: {@link ExternalDatabase#connect()} for SQL, {@link
     * ExternalDatabase#jdbcUrl()} for Flyway or Liquibase.
     */
    void migrate(ExternalDatabase empty) throws Exception;
}
