package dev.tideline.mail.mime;

/** Turns a sender's file name into one that cannot leave a folder or end a header. */
final class FileName {

    private static final int LONGEST = 200;

    private FileName() {}

    /**
     * Takes the last path element, without control characters and with at most {@value #LONGEST} characters, which fits
     * every file system once encoded.
     *
     * @param given the sender's name; empty if there is none
     * @param contentType determines the extension if there is no usable name
     */
    static String safe(String given, String contentType) {
        String name = given.replaceAll("\\p{Cntrl}", "");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
                .strip();
        if (name.isEmpty() || name.matches("\\.+")) {
            return "attachment" + ending(contentType);
        }
        return name.length() <= LONGEST ? name : shorten(name);
    }

    private static String shorten(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= 16 ? name.substring(dot) : "";
        int end = LONGEST - ending.length();
        // Not between the two halves of a surrogate pair, which could not be encoded.
        return name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + ending;
    }

    private static String ending(String contentType) {
        return switch (contentType) {
            case "application/json" -> ".json";
            case "application/pdf" -> ".pdf";
            case "image/gif" -> ".gif";
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "message/rfc822" -> ".eml";
            case "text/calendar" -> ".ics";
            case "text/csv" -> ".csv";
            case "text/html" -> ".html";
            case "text/plain" -> ".txt";
            default -> ".bin";
        };
    }
}
