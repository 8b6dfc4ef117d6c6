/** TLS on request: a certificate created for this machine, and its use by the servers. */
package dev.tideline.mail.tls;
