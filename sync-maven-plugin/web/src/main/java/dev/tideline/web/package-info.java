/** What the servers with pages have in common. */
package dev.tideline.web;
