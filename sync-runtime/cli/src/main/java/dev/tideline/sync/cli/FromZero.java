package dev.tideline.sync.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things, of which there may be none. */
final class FromZero implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same is said of both.
        }
        throw new TypeConversionException("'" + value + "' is not a number from 0 to " + Integer.MAX_VALUE);
    }
}
