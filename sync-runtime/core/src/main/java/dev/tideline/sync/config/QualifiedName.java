package dev.tideline.sync.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name as written in the file: {@code schema.table}, or {@code table} in schema {@code public}. Names are
 * exact, case-sensitive and without quotes. The first dot separates the parts; a part that contains a dot before it, or
 * begins with a double quote, is quoted as in SQL: {@code "my.schema".table}, {@code "a.b"}.
 */
public record QualifiedName(String schema, String name) {

    private static final String QUOTED = "\"(?:[^\"]|\"\")+\"";
    private static final String BARE = "[^\".][^.]*";
    private static final Pattern FORM = Pattern.compile(
            "(?<schema>" + QUOTED + "|" + BARE + ")\\.(?<table>" + QUOTED + "|[^\"].*)|(?<alone>" + QUOTED + "|" + BARE
                    + ")",
            Pattern.DOTALL);

    public QualifiedName {
        if (schema.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a table's schema and name cannot be empty");
        }
    }

    /**
     * Parses a name.
     *
     * @throws IllegalArgumentException if the text is no such name
     */
    public static QualifiedName parse(String written) {
        Matcher form = FORM.matcher(written);
        if (!form.matches()) {
            throw new IllegalArgumentException("this is not the name of a table");
        }
        String alone = form.group("alone");
        return alone != null
                ? new QualifiedName(PostgresUrl.DEFAULT_SCHEMA, unquoted(alone))
                : new QualifiedName(unquoted(form.group("schema")), unquoted(form.group("table")));
    }

    /** As {@link #parse} reads it, without {@code public}. */
    @Override
    public String toString() {
        return schema.equals(PostgresUrl.DEFAULT_SCHEMA) ? written(name) : written(schema) + "." + written(name);
    }

    /** The same table with this schema in place of {@code public}; a table of another schema stays unchanged. */
    public QualifiedName inSchema(String inPlaceOfPublic) {
        return schema.equals(PostgresUrl.DEFAULT_SCHEMA) ? new QualifiedName(inPlaceOfPublic, name) : this;
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    private static String written(String part) {
        return part.matches("(?s)" + BARE) ? part : '"' + part.replace("\"", "\"\"") + '"';
    }
}
