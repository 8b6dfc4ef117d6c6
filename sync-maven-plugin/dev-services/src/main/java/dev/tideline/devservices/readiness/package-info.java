/** Asks a service a real question: ready means that it answered. */
package dev.tideline.devservices.readiness;
