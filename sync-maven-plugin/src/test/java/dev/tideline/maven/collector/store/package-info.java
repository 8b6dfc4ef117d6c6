/** Tests of the store alone. */
package dev.tideline.maven.collector.store;
