package dev.tideline.mail;

/** How many generated mails each foreign client sends, and from which seed. */
final class OddMails {

    private OddMails() {}

    /** {@code -Dtideline.mail.seed=…} repeats a run. */
    static long seed() {
        long seed = Long.getLong("tideline.mail.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("seed of the odd mails: " + seed);
        return seed;
    }

    /** {@code -Dtideline.mail.odd=200} is the long form. */
    static int count() {
        return Integer.getInteger("tideline.mail.odd", 40);
    }
}
