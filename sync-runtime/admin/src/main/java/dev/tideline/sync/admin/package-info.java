/**
 * The HTTP API of a runtime, its page and its metrics. A library user starts {@link
 * dev.tideline.sync.admin.AdminServer}.
 */
package dev.tideline.sync.admin;
