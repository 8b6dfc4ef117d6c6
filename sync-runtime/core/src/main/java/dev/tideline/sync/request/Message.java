package dev.tideline.sync.request;

import java.util.Map;

/**
 * What is sent.
 *
 * @param id the {@code webhook-id}, the same with every try
 * @param body JSON
 * @param headers beside those that every request has
 */
record Message(String id, String url, String body, Map<String, String> headers) {}
