/** Inbucket's REST API, version 1, with search and waits in addition, and the page for reading mail. */
package dev.tideline.mail.http;
