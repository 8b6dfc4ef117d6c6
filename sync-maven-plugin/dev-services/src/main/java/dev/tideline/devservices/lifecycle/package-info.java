/**
 * Starts the services of a workspace, keeps track of their users, and stops services without users. Knows neither Maven
 * nor how a service is run.
 */
package dev.tideline.devservices.lifecycle;
