package dev.tideline.sync.config;

import java.util.List;
import java.util.Optional;

/**
 * The external databases: either a table in the source with columns {@code tenant}, {@code name}, {@code url}, {@code
 * enabled}, or a list written out in the file.
 *
 * @param table as written, {@code schema.table} or {@code table}; empty when {@code list} is used
 * @param list written out; empty when {@code table} is used
 * @param allowPrivate whether loopback and private addresses are allowed; default true
 * @param grants for databases from the table, and the default of those in the list; default {@link Grants#PUBLIC_READ}
 */
public record ExternalDatabasesConfig(Optional<String> table, List<Listed> list, boolean allowPrivate, Grants grants) {

    public ExternalDatabasesConfig {
        list = List.copyOf(list);
    }

    /**
     * One written-out external database. Its URL stays text until it is used: an invalid one is an error of this
     * target, not of the file.
     */
    public record Listed(String tenant, String name, String url, Grants grants) {

        @Override
        public String toString() {
            return "Listed[tenant=" + tenant + ", name=" + name + ", grants=" + grants + "]";
        }
    }

    /** Who may read the target tables besides their owner. */
    public enum Grants {
        PUBLIC_READ,
        NONE
    }
}
