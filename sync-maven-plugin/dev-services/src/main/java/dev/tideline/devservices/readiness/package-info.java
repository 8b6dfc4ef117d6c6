/** Sends real requests to services: ready means that a service has answered. */
package dev.tideline.devservices.readiness;
