package dev.tideline.web;

/**
 * The colour of a port prefix, the same on every machine. Neighbouring prefixes have very different colours: each step
 * goes round the circle by the golden angle.
 *
 * @param hue degrees, 0 to 359
 */
public record PrefixColour(int hue) {

    private static final double GOLDEN_ANGLE = 137.508;
    static final int DEFAULT_PREFIX = 81;

    /** The sea, for the default prefix. */
    private static final int HUE_OF_DEFAULT = 215;

    public static PrefixColour of(int prefix) {
        double turned = (prefix - DEFAULT_PREFIX) * GOLDEN_ANGLE + HUE_OF_DEFAULT;
        return new PrefixColour(Math.floorMod(Math.round(turned), 360));
    }

    /**
     * The variable from which the style sheet mixes its colours. Lightness is fixed there, so that text is readable on
     * any hue.
     */
    public String css() {
        return ":root { --hue: " + hue + "; }\n";
    }

    /** A square, for the list of workspaces and as the icon of the browser's tab. */
    public String svg() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><rect width=\"16\" height=\"16\" rx=\"4\""
                + " style=\"fill:oklch(0.58 0.13 " + hue + ")\"/><path d=\"M2 10c2-3 4-3 6 0s4 3 6 0\" fill=\"none\""
                + " stroke=\"#fff\" stroke-width=\"2\" stroke-linecap=\"round\"/></svg>\n";
    }
}
