package dev.tideline.sync.cli;

import dev.tideline.sync.TestDatabase;
import java.nio.file.Path;

/** Runs {@code check} for people and their mail. */
record CheckedSource(Path folder) {

    static TestDatabase prepare(TestDatabase source) {
        return source.execute(
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1), (2)",
                "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, name varchar(20))",
                "CREATE TABLE mail (person int, address text)");
    }

    /** @param databases what stands behind {@code external_databases:}, in line 10 of the file */
    static String yaml(String url, String databases) {
        return """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings:
                  users:
                    table: people
                    tenant: tenant_id
                    key: id
                    where: r.id > 0
                    depends_on: [ { table: mail, key: { id: person } } ]
                external_databases: %s
                """.formatted(url, databases);
    }

    TidelineTool.Outcome check(String yaml, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "check";
        System.arraycopy(more, 0, arguments, 1, more.length);
        return new TidelineTool(folder).run(yaml, arguments);
    }
}
