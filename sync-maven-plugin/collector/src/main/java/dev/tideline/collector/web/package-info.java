/** The HTTP servers' common ground, the query API for tests, and the pages for people. */
package dev.tideline.collector.web;
