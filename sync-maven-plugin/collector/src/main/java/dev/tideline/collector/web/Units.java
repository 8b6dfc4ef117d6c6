package dev.tideline.collector.web;

import dev.tideline.collector.query.Durations;
import java.util.Locale;
import java.util.Map;

/** Amounts for people, from OpenTelemetry's units, which are UCUM's. */
final class Units {

    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9);
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /** A value with its unit, such as {@code 12.4 MiB}, {@code 250 ms} or {@code 3 threads}. */
    static String show(double value, String unit) {
        if (unit.endsWith("/s") || unit.equals("Hz")) {
            return show(value, unit.equals("Hz") ? "" : unit.substring(0, unit.length() - 2)) + "/s";
        }
        Double nanos = NANOS.get(unit);
        if (nanos != null && value >= 0 && value * nanos < Long.MAX_VALUE) {
            return value == 0 ? "0 s" : Durations.show(Math.round(value * nanos));
        }
        if (unit.equals("By")) {
            return bytes(value);
        }
        if (unit.isEmpty() || unit.equals("1")) {
            return number(value);
        }
        if (unit.startsWith("{") && unit.endsWith("}")) {
            String counted = unit.substring(1, unit.length() - 1);
            return number(value) + " " + counted + (value == 1 || counted.endsWith("s") ? "" : "s");
        }
        return number(value) + " " + unit;
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        int decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 4;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String bytes(double value) {
        int unit = 0;
        double shown = value;
        while (Math.abs(shown) >= 1024 && unit < BYTES.length - 1) {
            shown /= 1024;
            unit++;
        }
        return number(unit == 0 ? shown : Math.round(shown * 10) / 10.0) + " " + BYTES[unit];
    }
}
