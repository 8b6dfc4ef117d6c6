/**
 * The HTTP API of a runtime, its dashboard and its metrics. Users of the library start {@link
 * dev.tideline.sync.admin.AdminServer}.
 */
package dev.tideline.sync.admin;
