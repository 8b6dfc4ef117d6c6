package dev.tideline.testkit;

import java.net.URI;

/**
 * A file attached to a mail. {@link Mailbox#download} returns its content.
 *
 * @param filename as sent
 * @param contentType its media type, as sent
 * @param downloadLink null if the server gives no link
 * @param md5 hash of its content in hexadecimal; empty if the server gives none
 */
public record MailAttachment(String filename, String contentType, URI downloadLink, String md5) {}
