/** Inbucket's REST API, version 1, with what it lacks (search, waiting), and the page to read mail. */
package dev.tideline.mail.http;
