/** Services as plain processes: Postgres from binaries that Maven Central has. Knows nothing of Maven. */
package dev.tideline.devservices.provider.embedded;
