package dev.tideline.sync.request;

/**
 * On whose behalf requests are sent.
 *
 * @param name as it stands in {@code tideline.outgoing_request.sender}
 * @param secrets what its requests are signed with
 * @param allowPrivate whether they may go to loopback and private addresses, and there by {@code http}
 */
record Sender(String name, SigningSecrets secrets, boolean allowPrivate) {}
