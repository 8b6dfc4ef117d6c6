/**
 * A page that links every service of one workspace, shows the health of each and how to connect, and lists the other
 * workspaces on this machine. It is a separate program that reads what the plugin recorded, and starts and stops
 * services on request.
 */
package dev.tideline.devservices.launchpad;
