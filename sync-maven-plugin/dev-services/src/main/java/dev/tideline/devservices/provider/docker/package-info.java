/**
 * Services as containers of a Docker engine: one container for each service, known by its name and by labels, its ports on
 * 127.0.0.1 only, its data in a volume. Knows nothing of Maven.
 */
package dev.tideline.devservices.provider.docker;
