package dev.tideline.devservices.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a script into its statements like {@code psql}: at semicolons outside of strings, names, comments, dollar
 * quotes, parentheses, and function bodies in standard SQL ({@code BEGIN ATOMIC … END}). Used for one script, by one
 * thread.
 */
final class SqlScript {

    private static final String SPACES = "(?s)\\s+";

    private final String text;
    private final List<SqlStatement> statements = new ArrayList<>();

    /** Where the current statement begins; -1 before its first word. */
    private int begin = -1;

    /** The position up to which lines were counted, and the line there. */
    private int counted;

    private int line = 1;
    private int at;
    private int parentheses;

    /** How many BEGIN and CASE of a function's body are open. */
    private int blocks;

    private SqlScript(String text) {
        this.text = text;
    }

    /**
     * The statements of a script, in order, without their semicolons, and without those that consist of comments only.
     */
    static List<SqlStatement> statements(String script) {
        return new SqlScript(script).read();
    }

    private List<SqlStatement> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("--", at)) {
                at = end(text.indexOf('\n', at));
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (c == ';' && parentheses == 0 && blocks == 0) {
                finish();
                at++;
            } else {
                begin = begin < 0 ? at : begin;
                skipToken(c);
            }
        }
        finish();
        return statements;
    }

    private void skipToken(char c) {
        if (c == '\'' || c == '"') {
            skipQuoted(c, false);
        } else if (c == '$') {
            skipDollarQuoted();
        } else if (isPartOfWord(c)) {
            skipWord();
        } else {
            parentheses = Math.max(0, parentheses + (c == '(' ? 1 : c == ')' ? -1 : 0));
            at++;
        }
    }

    /** A doubled quote is skipped as the end of one string and the beginning of the next. */
    private void skipQuoted(char quote, boolean escapes) {
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (escapes && text.charAt(at) == '\\') {
                at++;
            }
        }
        at = Math.min(at + 1, text.length());
    }

    private void skipDollarQuoted() {
        int tagEnd = at + 1;
        while (tagEnd < text.length() && isPartOfWord(text.charAt(tagEnd)) && text.charAt(tagEnd) != '$') {
            tagEnd++;
        }
        boolean isQuote =
                tagEnd < text.length() && text.charAt(tagEnd) == '$' && !Character.isDigit(text.charAt(at + 1));
        if (isQuote) {
            String quote = text.substring(at, tagEnd + 1);
            int close = text.indexOf(quote, tagEnd + 1);
            at = close < 0 ? text.length() : close + quote.length();
        } else {
            at++;
        }
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < text.length());
    }

    private void skipWord() {
        int from = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at).toLowerCase(Locale.ROOT);
        if (word.equals("e") && at < text.length() && text.charAt(at) == '\'') {
            skipQuoted('\'', true);
        } else if (parentheses == 0) {
            boolean opens = word.equals("begin") ? blocks > 0 || isInFunction() : word.equals("case") && blocks > 0;
            boolean closes = word.equals("end") && blocks > 0;
            blocks += opens ? 1 : closes ? -1 : 0;
        }
    }

    private boolean isInFunction() {
        return text.substring(begin, at)
                .replaceAll(SPACES, " ")
                .toLowerCase(Locale.ROOT)
                .matches("create (or replace )?(function|procedure) .*");
    }

    private void finish() {
        if (begin >= 0) {
            line += (int) text.substring(counted, begin)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            counted = begin;
            statements.add(new SqlStatement(text.substring(begin, at).strip(), line));
        }
        begin = -1;
        parentheses = 0;
        blocks = 0;
    }

    private int end(int found) {
        return found < 0 ? text.length() : found;
    }

    /** A dollar sign within a name does not begin a quote. */
    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
    }
}
