package dev.tideline.sync.status;

/**
 * Which external databases a status shows.
 *
 * @param tenant only this tenant's; null for all
 * @param page from 1
 * @param size external databases on a page, 1 to {@value #MOST}
 */
public record StatusQuery(String tenant, int page, int size) {

    /** External databases on a page where nobody says otherwise. */
    public static final int SIZE = 50;

    public static final int MOST = 200;

    /** The first page of all. */
    public static final StatusQuery FIRST = new StatusQuery(null, 1, SIZE);

    public StatusQuery {
        if (page < 1 || size < 1 || size > MOST) {
            throw new IllegalArgumentException("a page from 1 on, of 1 to " + MOST + " external databases");
        }
    }

    long offset() {
        return (page - 1L) * size;
    }
}
