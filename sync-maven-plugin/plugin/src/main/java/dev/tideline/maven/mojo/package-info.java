/**
 * The goals, one short class each: read parameters, hand over, translate errors. The only package that knows Maven.
 */
package dev.tideline.maven.mojo;
