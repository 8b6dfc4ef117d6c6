package dev.tideline.mail.mime;

import java.util.Optional;

/**
 * A part of a message that is not its text.
 *
 * @param fileName the last element of the sender's name, safe as a file name; never empty
 * @param contentType lower-case media type without parameters
 * @param contentId the id of {@code cid:} references in HTML, without angle brackets
 * @param inline whether the sender wanted it shown within the text
 * @param content decoded bytes; not copied, so not to be changed
 */
public record Attachment(
        String fileName, String contentType, Optional<String> contentId, boolean inline, byte[] content) {}
