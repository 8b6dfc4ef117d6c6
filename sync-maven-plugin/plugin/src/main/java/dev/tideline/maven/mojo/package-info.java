/** The goals, one short class each: read parameters, delegate, translate errors. The only package that knows Maven. */
package dev.tideline.maven.mojo;
