package dev.tideline.sync.apply;

import java.sql.SQLException;

/** A target's table is not what the mapping needs, and is not ours to change. Its message says what to do. */
public final class TargetShapeException extends SQLException {

    private static final long serialVersionUID = 1L;

    TargetShapeException(String message) {
        super(message, "42P16");
    }
}
