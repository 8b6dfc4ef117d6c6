package dev.tideline.web;

/**
 * HTML being written: everything except our own markup goes through {@link #text}, which escapes it. Not thread-safe.
 */
public final class Html {

    private final StringBuilder out = new StringBuilder(16 * 1024);

    /** Our own markup; never anything from outside. */
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Any text, safe between tags and within a quoted attribute. */
    public Html text(Object value) {
        String text = String.valueOf(value);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case 0 -> out.append('\ufffd');
                default -> out.append(c);
            }
        }
        return this;
    }

    /** Text that is cut if it is longer than a page can use; the API returns all of it. */
    public Html brief(String value, int longest) {
        return value.length() <= longest
                ? text(value)
                : text(value.substring(0, longest))
                        .raw("<span class=\"more\">… ")
                        .text(value.length() - longest)
                        .raw(" more characters</span>");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
