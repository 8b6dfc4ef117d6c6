package dev.tideline.sync.model;

/** An external database that a history may add, remove and disturb: two of one tenant, one of each of the others. */
enum Slot {
    A1("a"),
    A2("a"),
    B("b"),
    C("c");

    private final String tenant;

    Slot(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    /** Whom the runtime logs in as. */
    String role() {
        return "model_slot_" + ordinal();
    }
}
