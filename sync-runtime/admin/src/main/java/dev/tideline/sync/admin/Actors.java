package dev.tideline.sync.admin;

import dev.tideline.sync.Fusebox;
import io.javalin.http.Context;

/** Who sent a request, as far as known: everybody has the same token. */
final class Actors {

    private static final int LONGEST = 100;

    private Actors() {}

    /**
     * @param named the name given in the request; may be null
     */
    static Fusebox.Actor of(Context ctx, String named) {
        String proven = ctx.attribute("actor");
        String name = named == null || named.isBlank() ? proven : plain(named) + " (" + proven + ")";
        return new Fusebox.Actor(name, ctx.ip());
    }

    private static String plain(String text) {
        String plain = text.strip().replaceAll("\\p{Cntrl}", " ");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }
}
