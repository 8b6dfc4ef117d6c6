package dev.tideline.testkit;

import java.net.URI;

/**
 * A file that came with a mail. {@link Mailbox#download} gives its bytes.
 *
 * @param filename its name, as sent
 * @param contentType its media type, as sent
 * @param downloadLink where its bytes are; null if the server gives no link
 * @param md5 hash of its bytes in hexadecimal; empty if the server gives none
 */
public record MailAttachment(String filename, String contentType, URI downloadLink, String md5) {}
