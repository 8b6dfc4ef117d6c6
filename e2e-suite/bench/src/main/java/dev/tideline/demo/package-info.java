/** The demo: people sign up at two tenants of Directory, whose external databases follow while one watches. */
package dev.tideline.demo;
