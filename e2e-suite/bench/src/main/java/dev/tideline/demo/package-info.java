/** The demo: two tenants of the Directory app, an external database each, and changes that arrive while one watches. */
package dev.tideline.demo;
