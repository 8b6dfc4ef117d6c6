package dev.tideline.sync.status;

import java.util.Set;

/**
 * Which external databases a status shows, and in which order.
 *
 * @param tenant only this tenant's; null for all
 * @param search only those whose tenant, name, address or error contains this text, in any case; null for all
 * @param state only those of this status, one of {@link #STATES}; null for all
 * @param sort one of {@link #ORDERS}, {@code -} before it for descending; null for the order of their names
 * @param page from 1
 * @param size external databases on a page, 1 to {@value #MOST}
 */
public record StatusQuery(String tenant, String search, String state, String sort, int page, int size) {

    public static final Set<String> STATES = Set.of("ok", "error", "paused", "copying");

    /** {@code status} has the failing ones first, of those the one that has failed for longest. */
    public static final Set<String> ORDERS = Set.of("name", "status", "backlog", "lag", "parked", "checked");

    /** External databases on a page where nobody says otherwise. */
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

    /** By name, whatever they are like. */
    public StatusQuery(String tenant, int page, int size) {
        this(tenant, null, null, null, page, size);
    }

    /** Whether rows that name no external database are shown: before all others, unless only others are asked for. */
    boolean first() {
        return page == 1 && search == null && (state == null || state.equals("error"));
    }

    long offset() {
        return (page - 1L) * size;
    }

    /** Whether every external database has to be looked at, to know which are on the page. */
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
