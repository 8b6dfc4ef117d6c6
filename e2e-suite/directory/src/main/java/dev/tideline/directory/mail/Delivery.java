package dev.tideline.directory.mail;

/** The result of one attempt. */
sealed interface Delivery {

    /** The mail server has confirmed that it accepted the mail. */
    record Sent() implements Delivery {}

    /** It has certainly not accepted it, and may later. */
    record NotYet(String error) implements Delivery {}

    /** It will never accept it. */
    record Refused(String error) implements Delivery {}

    /** It received the whole mail, and did not say whether it accepted it. */
    record Unknown(String error) implements Delivery {}

    /** It was not sent, because another worker has it by now. */
    record Overtaken() implements Delivery {}
}
