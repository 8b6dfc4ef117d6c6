/** Reads messages, well-formed or hostile, without ever failing: what cannot be read is left out or shown as it came. */
package dev.tideline.mail.mime;
