/** A client for users of the app, whose access token follows changes of the user. */
package dev.tideline.directory.client;
