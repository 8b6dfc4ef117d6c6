/** What a caller can listen to. */
package dev.tideline.sync.event;
