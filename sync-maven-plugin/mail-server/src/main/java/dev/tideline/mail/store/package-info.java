/** Messages in mailboxes, bounded in number, age and bytes. Knows no protocol. */
package dev.tideline.mail.store;
