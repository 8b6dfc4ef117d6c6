package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.List;

/** Keys that this version reads and does nothing with, so that a file need not change when it does. */
public final class NotCarriedOut {

    private NotCarriedOut() {}

    /** A warning for each of them that the file has. */
    public static List<Problem> in(SyncConfig config) {
        List<Problem> found = new ArrayList<>();
        Positions file = config.positions();
        if (config.dispatch() != DispatchMode.DIRECT) {
            found.add(file.problem(
                    "dispatch",
                    "this version dispatches directly; other ways are accepted and not carried out",
                    "Leave the key out, or write dispatch: direct."));
        }
        if (!config.webhooks().isEmpty()) {
            found.add(file.problem("webhooks", "this version delivers no webhooks", "Leave the key out."));
        }
        if (file.marks().containsKey("admin")) {
            found.add(
                    file.problem("admin", "this version does not listen on the admin port", "See \"status\" instead."));
        }
        return found;
    }
}
