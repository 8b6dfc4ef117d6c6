/**
 * Outgoing mail: an outbox in the database, and workers that send what is due. A mail is sent once, as far as SMTP
 * allows: see {@link dev.tideline.directory.mail.MailSender}.
 */
package dev.tideline.directory.mail;
