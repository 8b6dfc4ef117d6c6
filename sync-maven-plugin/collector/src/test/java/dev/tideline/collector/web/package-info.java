/** Tests of the pages. */
package dev.tideline.collector.web;
