package dev.tideline.mail.mime;

import org.apache.james.mime4j.stream.MimeConfig;

/** The parser's settings: no limit, since the size of a message is bounded before it gets here. */
final class Lenient {

    static final MimeConfig CONFIG = new MimeConfig.Builder()
            .setStrictParsing(false)
            .setMaxLineLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxHeaderLen(-1)
            .setMaxContentLen(-1)
            .build();

    private Lenient() {}
}
