/** How each figure is taken. A measurement knows no contestant by name. */
package dev.tideline.bench.measure;
