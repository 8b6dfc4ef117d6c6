package dev.tideline.sync.config;

import static dev.tideline.sync.config.YamlProblems.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that say too little, too much or the same thing twice; every message is compared whole. */
class UnusableNamesTest {

    @TempDir
    private Path folder;

    private String problemsOf(String yaml) throws IOException {
        return YamlProblems.of(folder, yaml);
    }

    @Test
    void a_mapping_without_a_name_or_with_one_without_end() throws IOException {
        assertThat(problemsOf(
                        GOOD.replace("  users:", "  \" \":").replace("key: [id]", "key: [id]\n    target: users")))
                .isEqualTo("tideline.yaml:4:3 mappings.\" \": the name of a mapping must have 1 to 200 characters");
        String longest = "x".repeat(201);
        assertThat(problemsOf(
                        GOOD.replace("users:", longest + ":").replace("key: [id]", "key: [id]\n    target: users")))
                .isEqualTo("tideline.yaml:4:3 mappings." + longest
                        + ": the name of a mapping must have 1 to 200 characters");
    }

    @Test
    void two_mappings_of_one_name_which_only_code_can_have() {
        MappingConfig users = new MappingConfig(
                "users",
                "project_user",
                List.of("tenancy_id"),
                List.of("id"),
                "users",
                Optional.empty(),
                Optional.empty(),
                List.of());

        assertThatThrownBy(() -> SyncConfig.builder("postgres://u@h/d")
                        .tenantsTable("tenancy", "id")
                        .mapping(users)
                        .mapping(users)
                        .externalDatabasesTable("external_database")
                        .build())
                .hasMessage("""
                        mappings.users: there are two mappings of this name. Give each a name of its own.
                        mappings.users.target: the mappings "users" and "users" both write to the table users. Give each mapping a target of its own.""");
    }

    @Test
    void a_target_that_postgres_would_cut_or_that_is_ours() throws IOException {
        assertThat(problemsOf(GOOD.replace("key: [id]", "key: [id]\n    target: " + "é".repeat(32))))
                .isEqualTo("tideline.yaml:8:5 mappings.users.target: Postgres would cut this name at 63 bytes."
                        + " Choose a shorter one.");
        assertThat(problemsOf(GOOD.replace("key: [id]", "key: [id]\n    target: tideline_sync_metadata")))
                .isEqualTo("tideline.yaml:8:5 mappings.users.target: Tideline keeps its cursors in a table of this"
                        + " name. Choose another one.");
    }

    @Test
    void what_is_not_the_name_of_a_table() throws IOException {
        assertThat(problemsOf(GOOD.replace("table: project_user", "table: .project_user")))
                .isEqualTo("tideline.yaml:5:5 mappings.users.table: this is not the name of a table."
                        + " Write schema.table, or table for one in public.");
        assertThatThrownBy(() -> new QualifiedName("", "users"))
                .hasMessage("a table's schema and name cannot be empty");
    }

    @Test
    void a_column_named_twice() throws IOException {
        assertThat(problemsOf(GOOD.replace("key: [id]", "key: [id, id]")))
                .isEqualTo("tideline.yaml:7:5 mappings.users.key: this names the column \"id\" twice");
    }

    @Test
    void a_table_and_another_way_beside_it() throws IOException {
        assertThat(problemsOf(GOOD.replace("table: tenancy,", "table: tenancy, query: SELECT 1 AS id,")))
                .isEqualTo("tideline.yaml:2:12 tenants.table: both table and query are given."
                        + " Give the table that has one row per tenant, or a query that gives such rows.");
        assertThat(problemsOf(GOOD.replace(
                        "{ table: external_database }",
                        "{ table: e, list: [ { tenant: 1, name: main, url: \"postgres://u@x/y\" } ] }")))
                .isEqualTo("tideline.yaml:8:23 external_databases.table: both table and list are given."
                        + " Give one of the two.");
    }

    @Test
    void an_external_database_that_lacks_its_parts_or_stands_there_twice() throws IOException {
        assertThat(problemsOf(GOOD.replace("{ table: external_database }", "{ list: [ { grants: none } ] }")))
                .isEqualTo("""
                        tideline.yaml:8:31 external_databases.list[0].tenant: this key is missing. Write the tenant's id.
                        tideline.yaml:8:31 external_databases.list[0].name: this key is missing. Give this database a name, unique within its tenant.
                        tideline.yaml:8:31 external_databases.list[0].url: this key is missing. Write postgres://user:password@host:port/database, or ${env:NAME}.""");
        String twice = "{ tenant: 1, name: main, url: \"postgres://u@x/%s\" }";
        assertThat(problemsOf(GOOD.replace(
                        "{ table: external_database }",
                        "{ list: [ " + twice.formatted("a") + ",\n  " + twice.formatted("b") + " ] }")))
                .isEqualTo("tideline.yaml:9:16 external_databases.list[1].name: \"main\" of tenant \"1\" is listed"
                        + " twice. Give each database of a tenant a name.");
    }

    @Test
    void a_dependency_and_a_webhook_that_lack_their_parts() throws IOException {
        assertThat(problemsOf(GOOD.replace("key: [id]", "key: [id]\n    depends_on: [ {} ]") + "webhooks: [ {} ]\n"))
                .isEqualTo("""
                        tideline.yaml:8:19 mappings.users.depends_on[0].table: this key is missing. Name the table whose changes make rows of this mapping stale.
                        tideline.yaml:8:19 mappings.users.depends_on[0].key: this key is missing. Say which of our columns equals which of theirs: key: { team_id: id }.
                        tideline.yaml:10:13 webhooks[0].mapping: this key is missing. Name the mapping whose rows it is about.
                        tideline.yaml:10:13 webhooks[0].url: this key is missing. Write https://host/path.
                        tideline.yaml:10:13 webhooks[0].secret: this key is missing. Write the secret that requests are signed with: ${env:NAME}.""");
    }

    @Test
    void what_code_may_not_pass_either() {
        assertThatThrownBy(() -> new AdminConfig(8101, "127.0.0.1", Optional.of(""), Optional.empty()))
                .hasMessage("an empty token or cron secret is given as Optional.empty()");
        assertThatThrownBy(() -> new ConfigException(List.of())).hasMessage("a ConfigException without a problem");
    }
}
