package dev.tideline.mail.store;

import java.util.List;

/**
 * A message on its way into the store.
 *
 * @param from sender as shown in lists
 * @param to recipients as shown in lists
 * @param subject decoded, empty if there is none
 * @param source the message as it was sent; owned by the store from now on
 */
public record IncomingMessage(String from, List<String> to, String subject, byte[] source) {}
