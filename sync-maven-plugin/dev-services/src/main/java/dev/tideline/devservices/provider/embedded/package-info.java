/** Services as plain processes: Postgres from binaries on Maven Central. Knows nothing of Maven. */
package dev.tideline.devservices.provider.embedded;
