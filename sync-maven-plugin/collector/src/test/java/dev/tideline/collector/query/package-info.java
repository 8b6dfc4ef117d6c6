/** Tests of searching alone. */
package dev.tideline.collector.query;
