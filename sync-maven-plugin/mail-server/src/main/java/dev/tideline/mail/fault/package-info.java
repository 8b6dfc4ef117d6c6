/** Faults ordered by tests, so that they can check how an application handles them. */
package dev.tideline.mail.fault;
