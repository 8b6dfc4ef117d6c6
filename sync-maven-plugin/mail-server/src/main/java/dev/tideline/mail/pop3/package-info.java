/** Serves mail over POP3 (RFC 1939) to anybody who names a mailbox. */
package dev.tideline.mail.pop3;
