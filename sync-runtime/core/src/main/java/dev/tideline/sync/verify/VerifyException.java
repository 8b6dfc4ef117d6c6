package dev.tideline.sync.verify;

import java.sql.SQLException;

/** A comparison could not be finished, so it is unknown whether the two sides are equal. */
public class VerifyException extends RuntimeException {

    public VerifyException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * @param doing completes the sentence "the source failed while …"
     */
    static VerifyException of(Side side, String doing, SQLException cause) {
        return new VerifyException(
                "the " + side + " failed while " + doing + ": " + firstLine(cause)
                        + ". Whether the rows are equal is not known; run verify again once the " + side + " answers.",
                cause);
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
