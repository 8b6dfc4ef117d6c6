/**
 * Starts the services of a workspace, keeps account of who uses them, and ends them when nobody does. Knows neither Maven
 * nor how a service is run.
 */
package dev.tideline.devservices.lifecycle;
