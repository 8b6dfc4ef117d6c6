/** The reference app. */
package dev.tideline.directory;
