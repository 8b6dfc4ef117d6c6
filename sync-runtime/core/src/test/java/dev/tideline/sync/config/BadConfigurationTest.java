package dev.tideline.sync.config;

import static dev.tideline.sync.config.YamlProblems.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every message is compared whole: it is what a user has to go by. */
class BadConfigurationTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("tideline.yaml");
    }

    private String problemsOf(String yaml) throws IOException {
        return YamlProblems.of(directory, yaml);
    }

    private String problems() {
        return YamlProblems.of(file);
    }

    @Test
    void the_good_one_has_no_problem() throws IOException {
        assertThat(problemsOf(GOOD)).isEmpty();
    }

    @Test
    void a_missing_file() {
        assertThat(problems())
                .isEqualTo("tideline.yaml: there is no such file. Write one (docs/configuration.md has a complete"
                        + " example), or name another with --config.");
    }

    @Test
    void a_directory() {
        file = directory;
        assertThat(problems())
                .isEqualTo("tideline.yaml: this is a directory. Name the file itself: --config"
                        + " tideline.yaml/tideline.yaml");
    }

    @Test
    void an_empty_file_and_one_of_comments() throws IOException {
        String message =
                "tideline.yaml: the file is empty. docs/configuration.md has a complete example to start from.";
        assertThat(problemsOf("")).isEqualTo(message);
        assertThat(problemsOf("# nothing yet\n")).isEqualTo(message);
    }

    @Test
    void a_list_at_the_top() throws IOException {
        assertThat(problemsOf("- a\n")).isEqualTo("tideline.yaml:1:1: this must be a mapping (key: value), not a list");
    }

    @Test
    void bytes_that_are_not_utf_8() throws IOException {
        Files.write(file, "source: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problems()).isEqualTo("tideline.yaml: the file is not UTF-8. Save it as UTF-8.");
    }

    @Test
    void bad_yaml_with_line_and_column() throws IOException {
        assertThat(problemsOf("source:\n  url: a: b\n"))
                .isEqualTo("tideline.yaml:2:9: bad YAML: mapping values are not allowed here."
                        + " Correct the YAML here.");
    }

    @Test
    void what_is_not_closed_is_shown_where_it_begins() throws IOException {
        assertThat(problemsOf("mappings:\n  users:\n    key: [id\n    target: users\n"))
                .isEqualTo("tideline.yaml:3:10: bad YAML: the list that begins here with [ is not closed before line 4,"
                        + " column 11. Close it, or correct the text there.");
        assertThat(problemsOf("source: { url: a\ntenants:\n  table: t\n"))
                .isEqualTo(
                        "tideline.yaml:1:9: bad YAML: the mapping that begins here with { is not closed before line 2,"
                                + " column 8. Close it, or correct the text there.");
        assertThat(problemsOf("source:\n  url: \"postgres://\n"))
                .isEqualTo(
                        "tideline.yaml:2:8: bad YAML: the text that begins here with a quote is not closed before line"
                                + " 3, column 1. Close it, or correct the text there.");
    }

    @Test
    void an_alias_that_could_be_a_password_is_not_shown() throws IOException {
        assertThat(problemsOf("admin: { token: *hunter2 }\n"))
                .isEqualTo("tideline.yaml:1:17: bad YAML: a value that begins with * refers to an anchor that does"
                        + " not exist; quote it. Correct the YAML here.");
    }

    @Test
    void a_value_that_looks_like_a_tag() throws IOException {
        assertThat(problemsOf("admin: { token: !x!hunter2 y }\n"))
                .isEqualTo("tideline.yaml:1:17: bad YAML: a value that begins with ! is a tag, and tags are not"
                        + " supported; quote it. Correct the YAML here.");
    }

    @Test
    void a_character_that_no_text_in_postgres_can_contain() throws IOException {
        String what = ": this contains the character U+0000, which no text in Postgres can contain. Remove it.";
        assertThat(problemsOf(GOOD + "admin: { token: \"a\\0b\" }\n"))
                .isEqualTo("tideline.yaml:9:10 admin.token" + what);
        assertThat(problemsOf(
                        GOOD.replace("mappings:\n", "mappings:\n  \"a\\u0000b\": { table: a, tenant: t, key: k }\n")))
                .contains("mappings.", what);
    }

    @Test
    void a_list_in_the_place_of_a_key() throws IOException {
        assertThat(problemsOf(GOOD + "[a, b]: c\n"))
                .isEqualTo("tideline.yaml:9:1: a key must be a plain name, not a list");
    }

    @Test
    void a_value_in_the_place_of_a_list() throws IOException {
        assertThat(problemsOf(GOOD + "webhooks: hunter2\n"))
                .isEqualTo("tideline.yaml:9:1 webhooks: this must be a list, not a single value");
    }

    @Test
    void a_file_too_large_to_be_meant() throws IOException {
        Files.write(file, new byte[YamlText.LARGEST_FILE + 1]);
        assertThat(problems())
                .isEqualTo(
                        "tideline.yaml: the file is larger than 16 MiB. List the external databases in a table of the"
                                + " source: external_databases.table.");
    }

    @Test
    void a_file_that_cannot_be_read() throws IOException {
        // A link to itself cannot be read by anybody, root included.
        Files.createSymbolicLink(file, file);
        assertThat(problems())
                .isEqualTo("tideline.yaml: the file cannot be read. Make it readable for the user who runs Tideline.");
    }

    @Test
    void brackets_without_end() throws IOException {
        assertThat(problemsOf("[".repeat(200_000)))
                .isEqualTo("tideline.yaml:1:31: this is nested deeper than 30 levels");
    }

    @Test
    void anchors_that_multiply() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertThat(problemsOf(bomb.toString()))
                .isEqualTo("tideline.yaml: this is not valid YAML: Number of aliases for non-scalar nodes exceeds the"
                        + " specified max=50. Mend the YAML.");
    }

    @Test
    void a_tag_makes_no_object() throws IOException {
        assertThat(problemsOf(GOOD + "dispatch: !!java.io.File [x]\n"))
                .isEqualTo("tideline.yaml:9:1 dispatch: this must be a single value, not a list");
        assertThat(problemsOf(GOOD + "dispatch: !mine direct\n"))
                .isEqualTo("tideline.yaml:9:1 dispatch: tags are not supported here."
                        + " Remove the text that begins with an exclamation mark.");
    }

    @Test
    void a_second_document() throws IOException {
        assertThat(problemsOf(GOOD + "---\na: b\n"))
                .isEqualTo("tideline.yaml:9:1: bad YAML: but found another document. Correct the YAML here.");
    }

    @Test
    void a_key_that_this_version_does_not_carry_out() throws IOException {
        assertThat(problemsOf(GOOD.replace("    table: project_user", "    on_delete: mark\n    table: project_user")))
                .isEqualTo("tideline.yaml:5:5 mappings.users.on_delete: this version does not support this key. Take it"
                        + " out.");
    }

    @Test
    void an_unknown_key_with_the_nearest_right_one() throws IOException {
        assertThat(problemsOf(GOOD.replace("    table: project_user", "    tabel: project_user")))
                .isEqualTo("tideline.yaml:5:5 mappings.users.tabel: unknown key. Did you mean \"table\"?");
        assertThat(problemsOf(GOOD.replace("    table: project_user\n", "")))
                .isEqualTo("tideline.yaml:4:3 mappings.users.table: this key is missing."
                        + " Name the table whose rows are synced.");
        assertThat(problemsOf(GOOD + "Admin: {}\n"))
                .isEqualTo("tideline.yaml:9:1 Admin: unknown key. Did you mean \"admin\"? Names are case-sensitive.");
        assertThat(problemsOf(GOOD + "sync: { threads: 3 }\n"))
                .isEqualTo("tideline.yaml:9:9 sync.threads: unknown key. Known here: batch_size, on_bad_row, workers.");
    }

    @Test
    void a_key_that_stands_twice() throws IOException {
        assertThat(problemsOf(GOOD + "tenants: { table: other, key: id }\n"))
                .isEqualTo("tideline.yaml:9:1 tenants: this key is given twice here, first in line 2. Keep one of the"
                        + " two.");
    }

    @Test
    void a_missing_environment_variable() throws IOException {
        assertThat(problemsOf(GOOD.replace("\"postgres://u:hunter2@h/d\"", "\"${env:SOURCE_URL}\"")))
                .isEqualTo("tideline.yaml:1:11 source.url: the environment variable SOURCE_URL is not set."
                        + " Set it, or give a default: ${env:SOURCE_URL:-…}.");
    }

    @Test
    void an_empty_environment_variable() throws IOException {
        assertThat(problemsOf(GOOD.replace("\"postgres://u:hunter2@h/d\"", "\"${env:EMPTY}\"")))
                .isEqualTo("tideline.yaml:1:11 source.url: this is empty");
    }

    @Test
    void a_variable_in_another_notation() throws IOException {
        assertThat(problemsOf(GOOD.replace("hunter2", "${PASSWORD}")))
                .isEqualTo("tideline.yaml:1:11 source.url: \"${\" begins something other than an environment variable."
                        + " Write ${env:PASSWORD}, or $${ for the characters themselves.");
    }

    @Test
    void braces_that_name_no_variable() throws IOException {
        assertThat(problemsOf(GOOD.replace("hunter2", "${1}")))
                .isEqualTo("tideline.yaml:1:11 source.url: \"${\" begins something other than an environment variable."
                        + " Write ${env:NAME} or ${env:NAME:-default}, or $${ for the characters themselves.");
    }

    @Test
    void an_address_that_is_none_is_not_shown() throws IOException {
        assertThat(problemsOf(GOOD.replace("postgres://u:hunter2@h/d", "${env:SECRET}")))
                .isEqualTo("tideline.yaml:1:11 source.url: the address does not begin with postgres:// or"
                        + " postgresql://. Write postgres://user:password@host:port/database?sslmode=require.");
    }

    @Test
    void everything_is_reported_at_once() throws IOException {
        assertThat(problemsOf("""
            tenants: { key: [] }
            sequencer: { interval: 50, batch_size: 0 }
            poller: { lease: 10ms, claim_limit: many }
            sync: { on_bad_row: ignore }
            admin: { port: 70000, bind: }
            external_databases: { allow_private: yes }
            mappings: { a: { select: {} } }
            """)).isEqualTo("""
                tideline.yaml:1:1 source.url: this key is missing. Write postgres://user:password@host:port/database, or ${env:NAME}.
                tideline.yaml:1:1 tenants.table: neither table nor query is given. Give the table that has one row per tenant, or a query that gives such rows.
                tideline.yaml:1:12 tenants.key: this list is empty. Name the column or columns that identify a tenant.
                tideline.yaml:2:14 sequencer.interval: this is not a duration. Write a number and its unit: 50ms, 60s, 2m or 1h.
                tideline.yaml:2:28 sequencer.batch_size: this must be a whole number from 1 to 1000000
                tideline.yaml:3:11 poller.lease: this must be from 1s to 1h
                tideline.yaml:3:24 poller.claim_limit: this must be a whole number from 1 to 100000
                tideline.yaml:4:9 sync.on_bad_row: this must be park or stop
                tideline.yaml:5:10 admin.port: this must be a whole number from 1 to 65535
                tideline.yaml:6:1 external_databases.table: neither table nor list is given. Give the table of the source with the columns tenant, name, url and enabled, or write a list.
                tideline.yaml:6:23 external_databases.allow_private: this must be false or true
                tideline.yaml:7:13 mappings.a.table: this key is missing. Name the table whose rows are synced.
                tideline.yaml:7:13 mappings.a.tenant: this key is missing. Name the column that says which tenant a row belongs to.
                tideline.yaml:7:13 mappings.a.key: this key is missing. List the columns that identify a row, for example key: [id].
                tideline.yaml:7:18 mappings.a.select: this must be a single value, not a mapping\
                """);
    }

    @Test
    void two_mappings_on_one_target() throws IOException {
        assertThat(problemsOf(GOOD.replace(
                        "external_databases:",
                        "  people: { table: people, tenant: t, key: id, target: public.users }\nexternal_databases:")))
                .isEqualTo("tideline.yaml:8:48 mappings.people.target: the mappings \"users\" and \"people\" both write"
                        + " to the table users. Give each mapping a target of its own.");
    }

    @Test
    void two_tenants_on_one_target() throws IOException {
        assertThat(problemsOf(GOOD.replace(
                        "{ table: external_database }",
                        "\n"
                                + "  list:\n"
                                + "    - { tenant: 1, name: main, url:"
                                + " \"postgres://u:hunter2@localhost:5432/x\" }\n"
                                + "    - { tenant: 2, name: main, url:"
                                + " \"postgresql://v@127.0.0.1/x?sslmode=disable\" }\n"
                                + "    - { tenant: 3, name: main, url:"
                                + " \"postgres://v@127.0.0.1/x?currentSchema=three\" }")))
                .isEqualTo(
                        "tideline.yaml:11:32 external_databases.list[1].url: \"main\" of tenant \"1\" and \"main\" of"
                                + " tenant \"2\" are the same database and schema. Give each a database of its own, or a"
                                + " schema: ?currentSchema=name.");
    }

    @Test
    void a_target_that_is_the_source_itself() throws IOException {
        assertThat(problemsOf(GOOD.replace("key: [id]", "key: [id]\n    target: project_user")
                        .replace(
                                "{ table: external_database }",
                                "{ list: [ { tenant: 1, name: main, url: \"postgres://u@H/d\" } ] }")))
                .isEqualTo("tideline.yaml:9:56 external_databases.list[0].url: this is the source itself, and the"
                        + " mapping \"users\" would write to the table project_user that is read there. Name another"
                        + " database, or a schema: ?currentSchema=name.");
    }

    @Test
    void the_wrong_number_of_tenant_columns() throws IOException {
        assertThat(problemsOf(GOOD.replace("key: id }", "key: [org, project] }")))
                .isEqualTo(
                        "tideline.yaml:6:5 mappings.users.tenant: this names 1 column, but tenants.key has 2 columns."
                                + " Name the columns that hold org, project, in this order.");
    }

    @Test
    void a_webhook_of_no_mapping() throws IOException {
        assertThat(problemsOf(GOOD + "webhooks: [ { mapping: user, url: \"ftp://x\", secret: hunter2 } ]\n"))
                .isEqualTo("""
                    tideline.yaml:9:15 webhooks[0].mapping: there is no mapping "user". Did you mean "users"?
                    tideline.yaml:9:30 webhooks[0].url: this is not an http or https address. Write https://host/path.\
                    """);
    }

    @Test
    void receivers_that_cannot_be_called_or_signed_for() throws IOException {
        assertThat(problemsOf(GOOD + """
            webhooks:
              - { mapping: users, url: "http://example.org/x", secret: s }
              - { mapping: users, url: "https://example.org/x", secret: [whsec_c2hvcnQ=, s] }
              - { mapping: users, url: "https://example.org/x", secret: s }
            alerts:
              - { url: "https://u:hunter2@example.org", secret: s, lags: 5m, failing: 2, parked: -1 }
            requests: { attempts: 0, retry: 1ms, secret: whsec_hunter2 }
            dispatch_url: example.org
            """)).isEqualTo("""
                tideline.yaml:10:23 webhooks[0].url: http is for private addresses only. Write https://host/path, or allow_private: true beside it.
                tideline.yaml:11:53 webhooks[1].secret: a secret that begins with whsec_ must continue with the base64 of 24 to 64 bytes. Make one: echo whsec_$(openssl rand -base64 32)
                tideline.yaml:12:23 webhooks[2].url: this address is listed twice for the mapping. Leave one of the two out.
                tideline.yaml:14:56 alerts[0].lags: unknown key. Did you mean "lag"?
                tideline.yaml:14:66 alerts[0].failing: this is not a duration. Write a number and its unit: 50ms, 60s, 2m or 1h.
                tideline.yaml:14:78 alerts[0].parked: this must be a whole number from 0 to 999999999
                tideline.yaml:15:13 requests.attempts: this must be a whole number from 1 to 100
                tideline.yaml:15:26 requests.retry: this must be from 10ms to 1h
                tideline.yaml:15:38 requests.secret: a secret that begins with whsec_ must continue with the base64 of 24 to 64 bytes. Make one: echo whsec_$(openssl rand -base64 32)
                tideline.yaml:16:1 dispatch_url: this is not an http or https address. Write https://host/path.\
                """);
    }

    @Test
    void a_name_cannot_drive_the_terminal() throws IOException {
        assertThat(problemsOf(GOOD + "\"\\e[31mred\\u202e\": 1\n"))
                .isEqualTo("tideline.yaml:9:1 \"\\u001b[31mred\\u202e\": unknown key. Known here: admin, alerts,"
                        + " dispatch, dispatch_url, external_databases, mappings, poller, requests, sequencer, source,"
                        + " sync, tenants, webhooks.");
    }

    @Test
    void a_configuration_in_code_is_checked_too() {
        assertThatThrownBy(() -> SyncConfig.builder("postgres://u@h/d").build())
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                    tenants.table: neither table nor query is given. Give the table that has one row per tenant, or a query that gives such rows.
                    tenants.key: this names no column
                    mappings: there is no mapping. Name at least one table to sync: mappings.<name>.table.
                    external_databases.table: neither table nor list is given. Give the table of the source with the columns tenant, name, url and enabled, or write a list.\
                    """);
    }
}
