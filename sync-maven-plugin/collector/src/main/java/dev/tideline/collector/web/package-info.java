/** The common base of the HTTP servers, the query API for tests, and the pages for people. */
package dev.tideline.collector.web;
