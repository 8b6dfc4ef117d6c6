package dev.tideline.sync.admin;

import dev.tideline.sync.status.StatusQuery;
import io.javalin.http.Context;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeSet;

/** The query parameters of a request. */
final class Query {

    private Query() {}

    static StatusQuery status(Context ctx) {
        return new StatusQuery(
                text(ctx, "tenant"),
                text(ctx, "search"),
                oneOf(ctx, "status", StatusQuery.STATES, ""),
                oneOf(ctx, "sort", StatusQuery.ORDERS, "-"),
                page(ctx),
                size(ctx));
    }

    /** Null if the parameter is missing. */
    static OffsetDateTime time(Context ctx, String name) {
        String given = text(ctx, name);
        try {
            return given == null ? null : OffsetDateTime.parse(given);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    400, "A parameter is invalid.", name + " must be a time, such as 2030-01-31T12:00:00Z.");
        }
    }

    static int page(Context ctx) {
        return (int) number(ctx, "page", 1, 1, 1_000_000);
    }

    static int size(Context ctx) {
        return (int) number(ctx, "size", StatusQuery.SIZE, 1, StatusQuery.MOST);
    }

    /** Null if the parameter is missing. */
    static String text(Context ctx, String name) {
        String given = ctx.queryParam(name);
        if (given != null && given.indexOf('\0') >= 0) {
            throw new ProblemException(400, "A parameter is invalid.", name + " contains a zero character.");
        }
        return given == null || given.isEmpty() ? null : given;
    }

    /** One of these, or null. @param before a permitted prefix */
    private static String oneOf(Context ctx, String name, Set<String> known, String before) {
        String given = text(ctx, name);
        if (given == null || known.contains(given.startsWith(before) ? given.substring(before.length()) : given)) {
            return given;
        }
        throw new ProblemException(
                400,
                "A parameter is invalid.",
                name + " must be one of: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    static long number(Context ctx, String name, long byDefault, long least, long most) {
        String given = text(ctx, name);
        if (given == null) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(given);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new ProblemException(
                400, "A parameter is invalid.", name + " must be a whole number from " + least + " to " + most + ".");
    }
}
