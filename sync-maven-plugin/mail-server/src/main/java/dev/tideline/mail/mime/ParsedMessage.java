package dev.tideline.mail.mime;

import java.util.List;
import java.util.Map;

/**
 * A parsed message.
 *
 * @param header names in the order of their first appearance, each with its values in order, unfolded but not decoded
 * @param text the plain text, empty if there is none
 * @param html the HTML, empty if there is none
 * @param attachments inline ones first, as in Inbucket
 */
public record ParsedMessage(Map<String, List<String>> header, String text, String html, List<Attachment> attachments) {}
