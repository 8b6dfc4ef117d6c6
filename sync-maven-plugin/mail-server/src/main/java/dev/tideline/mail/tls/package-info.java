/** TLS on request: a certificate made for this machine, and what the servers do with it. */
package dev.tideline.mail.tls;
