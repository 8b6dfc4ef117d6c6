/** Accepts mail from anybody to anybody over SMTP and puts it into the store. */
package dev.tideline.mail.smtp;
