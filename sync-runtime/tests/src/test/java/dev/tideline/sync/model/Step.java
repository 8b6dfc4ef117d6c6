package dev.tideline.sync.model;

/**
 * One thing that happens in a history. What its numbers mean depends on the kind; a step that cannot be taken where it
 * stands (a COMMIT without a transaction) is passed over, so that any part of a history is a history.
 *
 * @param session which of the application's sessions, runtimes or external databases it concerns
 * @param table which of {@link ModelTable}, where it matters
 * @param key which of the table's keys
 * @param chance decides the rest, such as a row's values
 */
public record Step(Kind kind, int session, int table, int key, int chance) {

    /** What may happen. */
    public enum Kind {
        BEGIN,
        COMMIT,
        ROLLBACK,
        SAVEPOINT,
        ROLLBACK_TO_SAVEPOINT,
        /** INSERT, or UPDATE of all columns where the row is there. */
        PUT,
        /** UPDATE of the version alone, so that a long value stays where it is. */
        BUMP,
        /** UPDATE that changes nothing. */
        TOUCH,
        DELETE,
        /** DELETE and INSERT of one key in one transaction. */
        RECREATE,
        /** UPDATE of a key column. */
        REKEY,
        /** UPDATE of the version of all rows of a table. */
        BUMP_ALL,
        /** TRUNCATE, and the end of the transaction; nobody can read a table while that is open. */
        TRUNCATE,
        /** COPY FROM of some rows. */
        COPY,
        /** Another table with the same rows takes the table's name, and the end of the transaction, as with all that follow. */
        SWAP,
        /** A row is written while the table's triggers are switched off. */
        WRITE_UNSEEN,
        /** A row is written while a key column has another name. */
        WRITE_RENAMED,
        /** ALTER COLUMN … TYPE … USING gives all rows a new version. */
        REWRITE,
        /** A column comes and goes. */
        ADD_AND_DROP_COLUMN,
        /** A label of an enum gets another name, so that rows read otherwise. */
        RENAME_LABEL,
        ADD_LABEL,
        /** A partition leaves its table with its rows, or comes back with them. */
        DETACH_OR_ATTACH,
        /** Row-level security hides rows from the table's owner, as whom the runtimes log in. */
        HIDE_ROWS,
        SHOW_ROWS,
        /** PREPARE TRANSACTION. */
        PREPARE,
        /** COMMIT PREPARED, or ROLLBACK PREPARED, of what was prepared first. */
        END_PREPARED,
        ADD_TARGET,
        REMOVE_TARGET,
        DISABLE_TARGET,
        /** Ends all sessions with an external database. */
        CUT_TARGET,
        TARGET_DOWN,
        TARGET_UP,
        START,
        STOP,
        /** Cuts all connections of a runtime to the source and leaves it at that. */
        KILL,
        SEQUENCE,
        POLL,
        /** Claims, and goes on while the workers work. */
        POLL_AND_GO_ON,
        FUSE_OFF,
        FUSE_ON,
        /** Checks what must hold at any time. */
        LOOK,
        /** Waits until the external databases have what is committed, whoever has a transaction open. */
        SETTLE
    }

    @Override
    public String toString() {
        return kind + "(" + session + ", " + table + ", " + key + ", " + chance + ")";
    }
}
