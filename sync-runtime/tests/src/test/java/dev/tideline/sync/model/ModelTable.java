package dev.tideline.sync.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of the modelled source. Rows are texts, in the order of the columns, the key's first and the version last. */
enum ModelTable {
    PERSON("person", 1, "id", "tenant", "team", "name", "hidden", "v") {
        @Override
        List<String> row(int key, int chance, long version) {
            // One in seven belongs to nobody, and is nobody's business.
            String tenant = chance % 7 == 6 ? null : TENANTS.get(chance % TENANTS.size());
            String team = chance % 5 == 4 ? null : String.valueOf(chance % 5);
            String hidden = chance % 4 == 3 ? "t" : "f";
            return Arrays.asList(String.valueOf(key % 9), tenant, team, "name " + chance, hidden, "" + version);
        }
    },
    TEAM("team", 1, "id", "label", "colour", "v") {
        @Override
        List<String> row(int key, int chance, long version) {
            // What the label is called by now is not for this one to know.
            return Arrays.asList(String.valueOf(key % 4), "team " + version, LABELS.get(chance % 3), "" + version);
        }
    },
    LINE("\"order line\"", 3, "tenant", "code", "no", "amount", "v") {
        @Override
        List<String> row(int key, int chance, long version) {
            return Arrays.asList(
                    TENANTS.get(key % TENANTS.size()),
                    CODES.get(key / 3 % CODES.size()),
                    String.valueOf(key % 2),
                    AMOUNTS.get(chance % AMOUNTS.size()),
                    "" + version);
        }
    },
    NOTE("note", 2, "tenant", "id", "person", "body", "v") {
        @Override
        List<String> row(int key, int chance, long version) {
            String body = chance % 6 == 5 ? LONG.substring(chance % 100) : chance % 6 == 4 ? null : "body " + chance;
            return Arrays.asList(
                    TENANTS.get(key % TENANTS.size()),
                    "note " + key % 5,
                    String.valueOf(chance % 9),
                    body,
                    "" + version);
        }
    };

    static final List<String> TENANTS = List.of("a", "b", "c");

    /** What the labels of the enum are called in the beginning. */
    static final List<String> LABELS = List.of("red", "green", "blue");

    /** What a text key may look like: the empty one, what COPY escapes, what SQL quotes, what sorts oddly. */
    private static final List<String> CODES = List.of("", "x", "a\tb\\", "'q'", "é\uD83D\uDE80", "X");

    /** Equal numbers that are different values. */
    private static final List<String> AMOUNTS = List.of("1", "1.0", "1.00", "NaN", "-0.5");

    /** Longer than what a page holds, and not compressible below it. */
    private static final String LONG = incompressible();

    static final String DDL = """
            CREATE TABLE tenancy (id text PRIMARY KEY);
            INSERT INTO tenancy VALUES ('a'), ('b'), ('c');
            CREATE TYPE colour AS ENUM ('red', 'green', 'blue');
            CREATE TABLE team (id int PRIMARY KEY, label text, colour colour, v bigint NOT NULL);
            CREATE TABLE person (id bigint PRIMARY KEY, tenant text, team int, name text, hidden boolean NOT NULL,
                v bigint NOT NULL);
            CREATE TABLE "order line" (tenant text NOT NULL, code text COLLATE "C" NOT NULL, no int NOT NULL,
                amount numeric, v bigint NOT NULL, PRIMARY KEY (tenant, code, no)) PARTITION BY LIST (no);
            CREATE TABLE line_0 PARTITION OF "order line" FOR VALUES IN (0);
            CREATE TABLE line_1 PARTITION OF "order line" FOR VALUES IN (1);
            CREATE TABLE note (tenant text NOT NULL, id text NOT NULL, person bigint, body text, v bigint NOT NULL,
                PRIMARY KEY (tenant, id));
            CREATE TABLE external_database (tenant text, name text, url text NOT NULL, enabled boolean NOT NULL,
                PRIMARY KEY (tenant, name));
            """;

    static final String MAPPINGS = """
            mappings:
              people:
                table: person
                tenant: tenant
                key: [id]
                target: people
                where: NOT r.hidden
                select: |
                  SELECT r.id, r.tenant, r.name, r.v, t.label,
                         (SELECT count(*) FROM note n WHERE n.tenant = r.tenant AND n.person = r.id) AS notes
                  FROM person r LEFT JOIN team t ON t.id = r.team
                depends_on:
                  - { table: team, key: { team: id } }
                  - { table: note, key: { tenant: tenant, id: person } }
              members:
                table: person
                tenant: tenant
                key: [id]
                target: members
                select: SELECT r.id, r.tenant, t.label, t.colour, r.v FROM person r JOIN team t ON t.id = r.team
                depends_on:
                  - { table: team, key: { team: id } }
              lines: { table: order line, tenant: tenant, key: [tenant, code, no], target: lines }
              notes: { table: note, tenant: tenant, key: [tenant, id], target: notes }
            """;

    private final String sql;
    private final int keyColumns;
    private final List<String> columns;

    ModelTable(String sql, int keyColumns, String... columns) {
        this.sql = sql;
        this.keyColumns = keyColumns;
        this.columns = List.of(columns);
    }

    /** A row of one of the table's few keys. */
    abstract List<String> row(int key, int chance, long version);

    String sql() {
        return sql;
    }

    /** The mappings that read it. */
    List<String> mappings() {
        return switch (this) {
            case PERSON, TEAM -> List.of("people", "members");
            case LINE -> List.of("lines");
            case NOTE -> List.of("people", "notes");
        };
    }

    /** The same row with another version. */
    static List<String> versioned(List<String> row, long version) {
        List<String> changed = new ArrayList<>(row);
        changed.set(row.size() - 1, String.valueOf(version));
        return changed;
    }

    List<String> columns() {
        return columns;
    }

    List<String> keyColumns() {
        return columns.subList(0, keyColumns);
    }

    List<String> keyOf(List<String> row) {
        return List.copyOf(row.subList(0, keyColumns));
    }

    String value(List<String> row, String column) {
        return row.get(columns.indexOf(column));
    }

    private static String incompressible() {
        StringBuilder text = new StringBuilder();
        java.util.Random random = new java.util.Random(1);
        while (text.length() < 9_000) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }
}
