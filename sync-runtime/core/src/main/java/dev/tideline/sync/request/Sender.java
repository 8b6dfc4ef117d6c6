package dev.tideline.sync.request;

/**
 * On whose behalf requests are sent.
 *
 * @param name as in {@code tideline.outgoing_request.sender}
 * @param secrets that its requests are signed with
 * @param allowPrivate whether they may go to loopback and private addresses, and use {@code http} there
 */
record Sender(String name, SigningSecrets secrets, boolean allowPrivate) {}
