/**
 * The model test: random histories of many sessions, played against a real source and real targets, and compared with a
 * model of the source that is plain Java and shares no SQL with the engine. {@code ModelTest} says how to replay one.
 */
package dev.tideline.sync.model;
