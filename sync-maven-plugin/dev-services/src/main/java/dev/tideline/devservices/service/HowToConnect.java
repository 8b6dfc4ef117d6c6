package dev.tideline.devservices.service;

/**
 * One way to connect to a service, ready to be copied.
 *
 * @param label what it is, for example {@code JDBC URL}
 * @param text what is copied; may have several lines
 */
public record HowToConnect(String label, String text) {}
