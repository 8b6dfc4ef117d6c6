package dev.tideline.devservices.service;

/**
 * One way to connect to a service, ready to be copied.
 *
 * @param label for example {@code JDBC URL}
 * @param text to copy; may have several lines
 */
public record HowToConnect(String label, String text) {}
