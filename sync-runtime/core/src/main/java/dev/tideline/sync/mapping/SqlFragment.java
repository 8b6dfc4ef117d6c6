package dev.tideline.sync.mapping;

/**
 * SQL that the configuration's author wrote, to be put into a larger statement. The author is trusted; this only makes
 * sure that the text ends where it seems to end. The rest is left to Postgres.
 */
final class SqlFragment {

    private final String sql;
    private int at;
    private int depth;

    private SqlFragment(String sql) {
        this.sql = sql;
    }

    /** Why a text cannot be put into a statement. */
    static final class Misplaced extends Exception {

        Misplaced(String what) {
            super(what);
        }
    }

    /**
     * The text without semicolons at its end, and with a line break after a comment that would swallow what follows.
     *
     * @throws Misplaced if it contains several statements, or an unclosed comment, quote or parenthesis
     */
    static String complete(String sql) throws Misplaced {
        return new SqlFragment(sql).scan();
    }

    private String scan() throws Misplaced {
        int end = 0;
        int semicolon = -1;
        boolean comment = false;
        while (at < sql.length()) {
            int start = at;
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            if (sql.startsWith("--", at)) {
                int newline = sql.indexOf('\n', at);
                at = newline < 0 ? sql.length() : newline;
                comment = true;
                continue;
            }
            if (sql.startsWith("/*", at)) {
                skipComment();
                continue;
            }
            if (c == ';') {
                semicolon = semicolon < 0 ? at : semicolon;
                at++;
                continue;
            }
            if (semicolon >= 0) {
                throw new Misplaced("there is more than one statement");
            }
            token(c);
            end = Math.max(at, start + 1);
        }
        if (depth > 0) {
            throw new Misplaced("a parenthesis is not closed");
        }
        if (end == 0) {
            throw new Misplaced("there is nothing but blanks and comments");
        }
        String text = sql.substring(0, semicolon < 0 ? sql.length() : semicolon).strip();
        return comment ? text + "\n" : text;
    }

    private void token(char c) throws Misplaced {
        switch (c) {
            case '\'' -> skipQuoted('\'', isEscapeString());
            case '"' -> skipQuoted('"', false);
            case '$' -> skipDollarQuoted();
            case '(' -> {
                depth++;
                at++;
            }
            case ')' -> {
                if (--depth < 0) {
                    throw new Misplaced("there is a closing parenthesis without an opening one");
                }
                at++;
            }
            default -> at++;
        }
    }

    /** Only {@code E'…'} has backslash escapes; the E must not be the end of a longer word. */
    private boolean isEscapeString() {
        return at > 0
                && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e')
                && (at == 1 || !isWord(sql.charAt(at - 2)));
    }

    private void skipQuoted(char quote, boolean backslashes) throws Misplaced {
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (backslashes && c == '\\') {
                at++;
            } else if (c == quote) {
                if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                    at++;
                } else {
                    at++;
                    return;
                }
            }
        }
        throw new Misplaced("a quote is not closed");
    }

    /** {@code $tag$…$tag$}; a dollar inside a word or before a digit does not quote. */
    private void skipDollarQuoted() throws Misplaced {
        int close = sql.indexOf('$', at + 1);
        String tag = close < 0 ? "" : sql.substring(at + 1, close);
        boolean quotes = close >= 0
                && (at == 0 || !isWord(sql.charAt(at - 1)))
                && (tag.isEmpty() || !Character.isDigit(tag.charAt(0)))
                && tag.chars().allMatch(SqlFragment::isWord);
        if (!quotes) {
            at++;
            return;
        }
        int end = sql.indexOf("$" + tag + "$", close + 1);
        if (end < 0) {
            throw new Misplaced("the quote $" + tag + "$ is not closed");
        }
        at = end + tag.length() + 2;
    }

    /** Comments nest in Postgres. */
    private void skipComment() throws Misplaced {
        int open = 0;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                open++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                at += 2;
                if (--open == 0) {
                    return;
                }
            } else {
                at++;
            }
        }
        throw new Misplaced("a comment is not closed");
    }

    private static boolean isWord(int c) {
        return c == '_' || Character.isLetterOrDigit(c) || c > 127;
    }
}
