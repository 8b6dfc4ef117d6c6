/**
 * Parses messages, well-formed or hostile, without ever failing: what cannot be parsed is left out or shown unchanged.
 */
package dev.tideline.mail.mime;
