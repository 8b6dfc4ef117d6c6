/** What a caller may listen to. */
package dev.tideline.sync.event;
