/** Which mail a user wants: preferences, and links to unsubscribe. */
package dev.tideline.directory.notifications;
