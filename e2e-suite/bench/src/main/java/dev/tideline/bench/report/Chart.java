package dev.tideline.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * A bar chart (SVG) without scripts for light and dark pages: it has its own background and follows the reader's
 * preference. Each bar shows its value, so that colours carry no meaning.
 */
final class Chart {

    private static final int WIDTH = 720;
    private static final int LEFT = 110;
    private static final int BAR = 22;
    private static final int GAP = 10;
    private static final int TOP = 58;
    /** For the value beside the longest bar. */
    private static final int RIGHT = 110;

    private static final String STYLE = """
              <style>
                text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #1f2328 }
                .title { font-size: 16px; font-weight: 600 }
                .hint { fill: #59636e }
                .ground { fill: #ffffff }
                .peer { fill: #8c959f }
                .ours { fill: #0969da }
                @media (prefers-color-scheme: dark) {
                  text { fill: #e6edf3 }
                  .hint { fill: #9198a1 }
                  .ground { fill: #0d1117 }
                  .peer { fill: #656c76 }
                  .ours { fill: #4493f8 }
                }
              </style>
            """;

    private Chart() {}

    /**
     * One bar for each figure, from zero.
     *
     * @param hint what the bars mean, and whether long ones are good
     * @param figures of one measure, at least one
     */
    static String svg(String title, String hint, List<Figure> figures) {
        double longest = figures.stream().mapToDouble(Figure::value).max().orElseThrow();
        StringBuilder svg = new StringBuilder();
        int height = TOP + figures.size() * (BAR + GAP) + GAP;
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"%s\">%n",
                WIDTH,
                height,
                WIDTH,
                height,
                escape(title)));
        svg.append("  <title>").append(escape(title)).append("</title>\n").append(STYLE);
        svg.append(String.format(
                Locale.ROOT, "  <rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"6\"/>%n", WIDTH, height));
        text(svg, "title", 16, 24, "start", title);
        text(svg, "hint", 16, 44, "start", hint);
        int y = TOP;
        for (Figure figure : figures) {
            double length = longest == 0 ? 0 : figure.value() / longest * (WIDTH - LEFT - RIGHT);
            text(svg, "", LEFT - 8, y + BAR - 6, "end", figure.subject());
            svg.append(String.format(
                    Locale.ROOT,
                    "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"/>%n",
                    figure.subject().equals("tideline") ? "ours" : "peer",
                    LEFT,
                    y,
                    Math.max(1, length),
                    BAR));
            text(
                    svg,
                    "",
                    (int) (LEFT + length) + 8,
                    y + BAR - 6,
                    "start",
                    Figure.words(figure.value()) + " " + figure.measure().unit());
            y += BAR + GAP;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void text(StringBuilder svg, String type, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "  <text%s x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                type.isEmpty() ? "" : " class=\"" + type + "\"",
                x,
                y,
                anchor,
                escape(text)));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
