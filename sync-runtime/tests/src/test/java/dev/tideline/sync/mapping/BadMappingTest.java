package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What does not fit the source; every message is compared whole. The first mapping stands in line 5. */
@ExtendWith(PostgresFixture.class)
class BadMappingTest {

    private static final String PEOPLE =
            "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, email text UNIQUE, note json)";

    private static List<String> problems(TestDatabase source, String table, String rest) {
        return ResolvedPlan.problems(
                source, "m:\n  table: " + table + "\n  tenant: tenant_id\n  key: [id]\n" + rest.indent(2));
    }

    @Test
    void a_missing_table_with_the_nearest_one(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE, "CREATE SCHEMA app", "CREATE TABLE app.teams (id int PRIMARY KEY)");

        assertThat(problems(source, "poeple", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: there is no table poeple in the source."
                        + " Did you mean \"people\"?");
        assertThat(problems(source, "People", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: there is no table People in the source."
                        + " Did you mean \"people\"? Names are case-sensitive.");
        assertThat(problems(source, "teams", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: there is no table teams in the source."
                        + " There is app.teams.");
        assertThat(problems(source, "zebras", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: there is no table zebras in the source."
                        + " Names are exact: schema.table, or table for one in public, without quotes.");
    }

    @Test
    void a_table_that_a_crash_empties(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                "CREATE UNLOGGED TABLE people (id int PRIMARY KEY, tenant_id int)",
                "CREATE TABLE parts (id int PRIMARY KEY, tenant_id int) PARTITION BY RANGE (id)",
                "CREATE UNLOGGED TABLE part PARTITION OF parts DEFAULT");

        for (String table : List.of("people", "parts")) {
            assertThat(problems(source, table, ""))
                    .containsExactly("tideline.yaml:6:5 mappings.m.table: " + table
                            + " or a partition of it is UNLOGGED: a crash of the source empties it, and no trigger"
                            + " notices. Run: ALTER TABLE \"public\".\"" + table
                            + "\" SET LOGGED; on each of them.");
        }
    }

    @Test
    void more_columns_than_can_be_staged(TestDatabase source) {
        String columns = IntStream.rangeClosed(3, 1_600)
                .mapToObj(i -> ", x" + i + " bool")
                .collect(Collectors.joining());
        ResolvedPlan.prepare(source, "CREATE TABLE people (id int PRIMARY KEY, tenant_id int" + columns + ")");

        assertThat(problems(source, "people", ""))
                .containsExactly(
                        "tideline.yaml:6:5 mappings.m.table: the mapping has 1600 columns, and at most 1599 can be staged"
                                + " at a target, one less than a table of Postgres may have. Leave columns out with select.");
    }

    @Test
    void missing_columns_with_the_nearest_ones(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE);

        assertThat(ResolvedPlan.problems(source, """
                        m:
                          table: people
                          tenant: tenantid
                          key: [ID]
                        """))
                .containsExactly(
                        "tideline.yaml:7:5 mappings.m.tenant: there is no column \"tenantid\" in people."
                                + " Did you mean \"tenant_id\"?",
                        "tideline.yaml:8:5 mappings.m.key: there is no column \"ID\" in people."
                                + " Did you mean \"id\"? Names are case-sensitive.");
    }

    @Test
    void a_column_that_is_computed_when_it_is_read_is_seen_by_no_trigger(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                "CREATE TABLE note (org int NOT NULL, id int PRIMARY KEY, tenant int GENERATED ALWAYS AS (org % 10));"
                        + " CREATE TABLE mark (id int PRIMARY KEY, note int, twice int GENERATED ALWAYS AS (note * 2))");

        assertThat(ResolvedPlan.problems(source, """
                        m:
                          table: note
                          tenant: tenant
                          key: [id]
                          depends_on: [{ table: mark, key: { id: twice } }]
                        """))
                .containsExactly(
                        "tideline.yaml:7:5 mappings.m.tenant: the column \"tenant\" of note is computed when it is read"
                                + " (VIRTUAL), and triggers do not see its value. Have it STORED, or name a column that it"
                                + " is computed from.",
                        "tideline.yaml:9:33 mappings.m.depends_on[0].key: the column \"twice\" of mark is computed when"
                                + " it is read (VIRTUAL), and triggers do not see its value. Have it STORED, or name a"
                                + " column that it is computed from.");
    }

    @Test
    void the_history_table_of_pgbench_has_no_key(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                "CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))");

        assertThat(ResolvedPlan.problems(source, """
                        history:
                          table: pgbench_history
                          tenant: bid
                          key: [tid, bid, aid]
                        """))
                .contains("tideline.yaml:8:5 mappings.history.key: pgbench_history has no primary key and no unique"
                        + " index, so its rows cannot be told apart. Add a primary key, for example: ALTER TABLE"
                        + " \"public\".\"pgbench_history\" ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY"
                        + " KEY; or remove the mapping.");
    }

    @Test
    void a_key_that_nothing_says_is_unique_or_that_can_be_null(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                PEOPLE,
                "CREATE UNIQUE INDEX ON people (tenant_id) WHERE tenant_id > 0",
                "CREATE TABLE wide (a int PRIMARY KEY, tenant_id int NOT NULL, id int NOT NULL)");

        assertThat(ResolvedPlan.problems(source, """
                        a: { table: people, tenant: tenant_id, key: tenant_id }
                        b: { table: people, tenant: tenant_id, key: email }
                        c: { table: wide, tenant: tenant_id, key: [tenant_id, id] }
                        """))
                .containsExactly(
                        "tideline.yaml:5:42 mappings.a.key: no primary key or unique index of people says that tenant_id"
                                + " is unique. Use one that does: key: [id], or add a unique index on tenant_id.",
                        "tideline.yaml:5:42 mappings.a.key: the key column \"tenant_id\" of people can be NULL."
                                + " Run: ALTER TABLE \"public\".\"people\" ALTER COLUMN \"tenant_id\" SET NOT NULL;",
                        "tideline.yaml:6:42 mappings.b.key: the key column \"email\" of people can be NULL."
                                + " Run: ALTER TABLE \"public\".\"people\" ALTER COLUMN \"email\" SET NOT NULL;",
                        "tideline.yaml:7:40 mappings.c.key: no primary key or unique index of wide says that tenant_id,"
                                + " id are unique together. Use one that does: key: [a], or add a unique index on"
                                + " tenant_id, id.");
    }

    @Test
    void views_and_the_like_cannot_be_tracked(TestDatabase source) {
        ResolvedPlan.prepare(
                source,
                PEOPLE,
                "CREATE VIEW v AS SELECT * FROM people",
                "CREATE MATERIALIZED VIEW mv AS SELECT * FROM people",
                "CREATE SEQUENCE s",
                "CREATE INDEX people_by_tenant ON people (tenant_id)",
                "CREATE TYPE pair AS (a int, b int)",
                "CREATE EXTENSION IF NOT EXISTS file_fdw",
                "CREATE SERVER f FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE ft (id int) SERVER f OPTIONS (filename '/none')");
        String rest = ", and changes can only be captured in ordinary and partitioned tables."
                + " Map the table that it reads, with select and depends_on.";

        assertThat(problems(source, "v", "")).containsExactly("tideline.yaml:6:5 mappings.m.table: v is a view" + rest);
        assertThat(problems(source, "mv", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: mv is a materialized view" + rest);
        assertThat(problems(source, "ft", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: ft is a foreign table" + rest);
        assertThat(problems(source, "s", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: s is a sequence, not a table. Name a table.");
        assertThat(problems(source, "people_by_tenant", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: people_by_tenant is an index, not a table."
                        + " Name a table.");
        assertThat(problems(source, "pair", ""))
                .containsExactly(
                        "tideline.yaml:6:5 mappings.m.table: pair is a composite type, not a table. Name a table.");
        assertThat(problems(source, "pg_catalog.pg_class", ""))
                .containsExactly("tideline.yaml:6:5 mappings.m.table: pg_catalog.pg_class belongs to Postgres or to"
                        + " Tideline itself. Name a table of your own.");
    }

    @Test
    void a_select_that_postgres_refuses_with_its_place(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE);

        assertThat(problems(source, "people", "select: |\n  SELECT r.id,\n         r.emial FROM people r"))
                .as("in the line and column of the file")
                .containsExactly("tideline.yaml:11:14 mappings.m.select: Postgres refuses this: column r.emial does not"
                        + " exist. Perhaps you meant to reference the column \"r.email\".");
        assertThat(problems(source, "people", "select: |\n\n  SELECT r.id, r.emial\n  FROM people r"))
                .as("behind a blank line that SQL does without")
                .containsExactly("tideline.yaml:11:20 mappings.m.select: Postgres refuses this: column r.emial does not"
                        + " exist. Perhaps you meant to reference the column \"r.email\".");
        assertThat(problems(source, "people", "where: '  r.emial = 1'"))
                .containsExactly("tideline.yaml:9:15 mappings.m.where: Postgres refuses this: column r.emial does not"
                        + " exist. Perhaps you meant to reference the column \"r.email\".");
        assertThat(problems(source, "people", "select: >\n  SELECT r.id,\n  r.emial FROM people r"))
                .as("lines that YAML joined are not those of the file")
                .containsExactly("tideline.yaml:9:5 mappings.m.select: Postgres refuses this: column r.emial does not"
                        + " exist (line 1, column 14 of this text). Perhaps you meant to reference the column"
                        + " \"r.email\".");
        assertThat(problems(source, "people", "select: DELETE FROM people RETURNING id"))
                .containsExactly("tideline.yaml:9:20 mappings.m.select: Postgres refuses this: syntax error at or near"
                        + " \"FROM\"");
    }

    @Test
    void a_select_without_its_key_or_with_unclear_columns(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE);

        assertThat(problems(source, "people", "select: SELECT r.email, upper(r.email) AS email, 1 + 1 FROM people r"))
                .containsExactly(
                        "tideline.yaml:9:5 mappings.m.select: two columns are called \"email\"."
                                + " Rename one of them: … AS name.",
                        "tideline.yaml:9:5 mappings.m.select: column 3 has no name. Give it one: … AS name.",
                        "tideline.yaml:9:5 mappings.m.select: the key column \"id\" is not among the columns of the"
                                + " select. Add r.\"id\" to it.");
        assertThat(problems(source, "people", "select: SELECT r.id::text, r.email FROM people r"))
                .containsExactly(
                        "tideline.yaml:9:5 mappings.m.select: the key column \"id\" is of type text here and of"
                                + " type integer in people. Select it as it is: r.\"id\".");
    }

    @Test
    void a_text_that_would_end_the_statement_around_it(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE);
        String hint = " Write one complete piece of SQL, without a semicolon.";

        assertThat(problems(source, "people", "where: 'true; DROP TABLE people'"))
                .containsExactly("tideline.yaml:9:5 mappings.m.where: there is more than one statement." + hint);
        assertThat(problems(source, "people", "where: 'true) OR (true'"))
                .containsExactly(
                        "tideline.yaml:9:5 mappings.m.where: there is a closing parenthesis without an opening one."
                                + hint);
        assertThat(problems(source, "people", "select: 'SELECT * FROM people /* all'"))
                .containsExactly("tideline.yaml:9:5 mappings.m.select: a comment is not closed." + hint);
        assertThat(source.value("SELECT count(*) FROM people")).isEqualTo("0");
    }

    @Test
    void a_where_sees_the_root_row_only(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE);

        assertThat(problems(source, "people", "where: people.id > 1"))
                .containsExactly("tideline.yaml:9:12 mappings.m.where: Postgres refuses this: invalid reference to"
                        + " FROM-clause entry for table \"people\"."
                        + " Perhaps you meant to reference the table alias \"r\".");
        assertThat(problems(source, "people", "where: r.id"))
                .containsExactly("tideline.yaml:9:12 mappings.m.where: Postgres refuses this: argument of WHERE must be"
                        + " type boolean, not type integer");
    }

    @Test
    void depends_on_compares_what_can_be_compared(TestDatabase source) {
        ResolvedPlan.prepare(source, PEOPLE, "CREATE TABLE teams (id uuid PRIMARY KEY)");

        assertThat(problems(source, "people", """
                        depends_on:
                          - table: teams
                            key: { tenant_id: id }
                          - table: teams
                            key: { tenantid: uid }
                        """))
                .containsExactly(
                        "tideline.yaml:11:16 mappings.m.depends_on[0].key.tenant_id: people.tenant_id is of type integer"
                                + " and teams.id of type uuid, and Postgres cannot compare the two."
                                + " Name two columns that hold the same thing.",
                        "tideline.yaml:13:9 mappings.m.depends_on[1].key: there is no column \"tenantid\" in people."
                                + " Did you mean \"tenant_id\"?",
                        "tideline.yaml:13:9 mappings.m.depends_on[1].key: there is no column \"uid\" in teams."
                                + " Did you mean \"id\"?");
    }

    @Test
    void a_query_of_tenants_says_what_it_gives(TestDatabase source) {
        source.execute(
                "CREATE TABLE people (id int PRIMARY KEY, tenant_id int)",
                "CREATE TABLE ext (tenant int, name text, url text, enabled boolean)");

        assertThat(ResolvedPlan.problemsOfWhole(source, """
                        source: { url: "postgres://u@h/d" }
                        tenants: { query: "SELECT 1 AS org, 2 AS zone", key: customer }
                        external_databases: { table: ext }
                        mappings: { m: { table: people, tenant: tenant_id, key: id } }
                        """))
                .containsExactly("tideline.yaml:2:49 tenants.key: the query returns no column \"customer\"."
                        + " It gives: org, zone.");
    }

    @Test
    void tenants_and_external_databases_are_looked_at_too(TestDatabase source) {
        source.execute(
                "CREATE TABLE people (id int PRIMARY KEY, tenant_id int)",
                "CREATE TABLE ext (tenant int, nam text, enabled int)");

        assertThat(ResolvedPlan.problemsOfWhole(source, """
                        source: { url: "postgres://u@h/d" }
                        tenants: { query: SELECT 1 AS idd, key: id }
                        external_databases: { table: ext }
                        mappings: { m: { table: people, tenant: tenant_id, key: id } }
                        """))
                .containsExactly(
                        "tideline.yaml:2:36 tenants.key: the query returns no column \"id\". Did you mean \"idd\"?",
                        "tideline.yaml:3:23 external_databases.table: there is no column \"name\" in ext."
                                + " Did you mean \"nam\"?",
                        "tideline.yaml:3:23 external_databases.table: there is no column \"url\" in ext."
                                + " There are tenant, nam and enabled.",
                        "tideline.yaml:3:23 external_databases.table: the column \"enabled\" of ext is of type integer,"
                                + " and must be boolean");
    }
}
