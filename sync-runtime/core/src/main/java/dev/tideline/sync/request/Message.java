package dev.tideline.sync.request;

import java.util.Map;

/**
 * The request to send.
 *
 * @param id the {@code webhook-id}, which stays the same for every attempt
 * @param body JSON
 * @param headers in addition to those that every request has
 */
record Message(String id, String url, String body, Map<String, String> headers) {}
