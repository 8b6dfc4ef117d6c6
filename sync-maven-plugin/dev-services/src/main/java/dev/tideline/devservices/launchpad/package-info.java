/**
 * A page that links every service of one workspace, says how each is and how to connect to it, and lists the other
 * workspaces that run on this machine. A program of its own; it reads what the plugin wrote down,
 * and starts and stops services when a person at the page asks for it.
 */
package dev.tideline.devservices.launchpad;
