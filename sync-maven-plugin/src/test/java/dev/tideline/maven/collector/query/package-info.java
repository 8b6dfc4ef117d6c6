/** Tests of searching alone. */
package dev.tideline.maven.collector.query;
