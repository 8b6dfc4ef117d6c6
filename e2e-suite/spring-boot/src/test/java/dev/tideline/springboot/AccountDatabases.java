package dev.tideline.springboot;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The application's database and a customer's, on a server of their own, and what is done with them. */
final class AccountDatabases implements AutoCloseable {

    private final PostgresServer server;
    private final Path folder;

    private AccountDatabases(PostgresServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static AccountDatabases start(Path folder) throws IOException {
        PostgresServer server = PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), 18))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .build()
                .start();
        AccountDatabases databases = new AccountDatabases(server, folder);
        databases.sql("postgres").execute("CREATE DATABASE app");
        databases.sql("postgres").execute("CREATE DATABASE customer");
        Files.writeString(databases.config(), """
                source: { url: "%s" }
                tenants: { table: customer, key: id }
                mappings:
                  accounts: { table: account, tenant: customer_id, key: id }
                external_databases:
                  list: [ { tenant: "1", name: main, url: "%s" } ]
                """.formatted(server.url("app"), server.url("customer")));
        return databases;
    }

    JdbcTemplate app() {
        return sql("app");
    }

    JdbcTemplate customer() {
        return sql("customer");
    }

    private JdbcTemplate sql(String database) {
        return new JdbcTemplate(new DriverManagerDataSource(server.jdbcUrl(database)));
    }

    Path config() {
        return folder.resolve("tideline.yaml");
    }

    /** As an operator would, with the jar. */
    void install() throws IOException, InterruptedException {
        File log = folder.resolve("install.log").toFile();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int code = new ProcessBuilder(
                        java, "-jar", System.getProperty("tideline.cli"), "install", "--config", config().toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("install ended with " + code + ": " + Files.readString(log.toPath()));
        }
    }

    ConfigurableApplicationContext application(String... properties) {
        return new SpringApplicationBuilder(AccountApplication.class)
                .properties("spring.datasource.url=" + server.jdbcUrl("app"))
                .properties(properties)
                .run();
    }

    @Override
    public void close() {
        server.close();
    }
}
