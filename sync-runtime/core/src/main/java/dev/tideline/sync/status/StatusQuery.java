package dev.tideline.sync.status;

import java.util.Set;

/**
 * Which external databases a status shows, and in which order.
 *
 * @param tenant only this tenant's; null for all
 * @param search only those whose tenant, name, address or error contains this text, ignoring case; null for all
 * @param state only those of this status, one of {@link #STATES}; null for all
 * @param sort one of {@link #ORDERS}, after {@code -} for descending; null for the order of their names
 * @param page from 1
 * @param size external databases per page, 1 to {@value #MOST}
 */
public record StatusQuery(String tenant, String search, String state, String sort, int page, int size) {

    public static final Set<String> STATES = Set.of("ok", "error", "paused", "copying");

    /** {@code status} puts the failing ones first, the longest failing first. */
    public static final Set<String> ORDERS = Set.of("name", "status", "backlog", "lag", "parked", "checked");

    /** The default number of external databases per page. */
    public static final int SIZE = 50;

    public static final int MOST = 200;

    /** The first page of all. */
    public static final StatusQuery FIRST = new StatusQuery(null, 1, SIZE);

    public StatusQuery {
        if (page < 1 || size < 1 || size > MOST) {
            throw new IllegalArgumentException("a page from 1 on, of 1 to " + MOST + " external databases");
        }
        if (state != null && !STATES.contains(state) || sort != null && !ORDERS.contains(order(sort))) {
            throw new IllegalArgumentException("no such status or order: " + state + ", " + sort);
        }
    }

    /** By name, in any status. */
    public StatusQuery(String tenant, int page, int size) {
        this(tenant, null, null, null, page, size);
    }

    /** Whether invalid rows are shown: before all others, unless the query selects others. */
    boolean first() {
        return page == 1 && search == null && (state == null || state.equals("error"));
    }

    long offset() {
        return (page - 1L) * size;
    }

    /** Whether every external database has to be read to know which are on the page. */
    boolean looksAtAll() {
        return search != null || state != null || sort != null;
    }

    String order() {
        return sort == null ? "name" : order(sort);
    }

    boolean descending() {
        return sort != null && sort.startsWith("-");
    }

    private static String order(String sort) {
        return sort.startsWith("-") ? sort.substring(1) : sort;
    }
}
