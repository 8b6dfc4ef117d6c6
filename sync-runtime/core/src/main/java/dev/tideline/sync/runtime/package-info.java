/** Wires the stages and drives them with loops; the public API starts and stops it. */
package dev.tideline.sync.runtime;
