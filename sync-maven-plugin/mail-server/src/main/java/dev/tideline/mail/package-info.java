/**
 * The mail server of a workspace: SMTP in; POP3, Inbucket's REST API and a page out. {@link
 * dev.tideline.mail.MailServer} is all that a user of this package needs; {@link
 * dev.tideline.mail.MailServerMain} runs one in a JVM of its own.
 */
package dev.tideline.mail;
