/** The demo: people sign up at two tenants of Directory, and the external databases follow live. */
package dev.tideline.demo;
