package dev.tideline.sync.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Runs the queries on the catalogue that stand beside this class as {@code .sql} resources. */
final class CatalogSql {

    private final Connection connection;

    CatalogSql(Connection connection) {
        this.connection = connection;
    }

    /** Turns the current row into a value. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String resource, Row<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text(resource))) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    private static String text(String resource) {
        try (InputStream in = CatalogSql.class.getResourceAsStream(resource + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource + ".sql beside " + CatalogSql.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
