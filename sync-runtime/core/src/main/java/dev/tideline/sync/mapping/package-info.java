/**
 * Resolves a configured mapping against the live source: tables, keys and columns with their types, immutable from then
 * on. Every later stage works from these records and never reads the catalogue again.
 */
package dev.tideline.sync.mapping;
