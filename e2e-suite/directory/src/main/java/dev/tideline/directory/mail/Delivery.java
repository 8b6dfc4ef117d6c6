package dev.tideline.directory.mail;

/** What came of one attempt. */
sealed interface Delivery {

    /** The mail server has said that it took the mail. */
    record Sent() implements Delivery {}

    /** It has certainly not taken it, and may later. */
    record NotYet(String error) implements Delivery {}

    /** It will never take it. */
    record Refused(String error) implements Delivery {}

    /** It had the whole mail, and did not say whether it took it. */
    record Unknown(String error) implements Delivery {}

    /** It was not sent, for somebody else has it by now. */
    record Overtaken() implements Delivery {}
}
