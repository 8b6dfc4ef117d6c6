/**
 * Services as containers of a Docker engine: one container per service, identified by its name and labels, with ports
 * on 127.0.0.1 only and data in a volume. Knows nothing of Maven.
 */
package dev.tideline.devservices.provider.docker;
