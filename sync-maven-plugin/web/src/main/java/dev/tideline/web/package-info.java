/** What the servers with pages share. */
package dev.tideline.web;
