package dev.tideline.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.charset.spi.CharsetProvider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Charsets of mail that Java lacks, or knows by other names. Java asks this provider for every name that it does not
 * know itself; so bodies, encoded words and parameters all find them. Thread-safe.
 */
public final class MailCharsets extends CharsetProvider {

    private static final String TABLE = "/dev/tideline/mail/charsets.txt";

    @Override
    public Charset charsetForName(String name) {
        String known = Names.OF.get(name.toLowerCase(Locale.ROOT));
        if (known == null) {
            return null;
        }
        String characters = Names.TABLES.get(known);
        return characters == null ? Charset.forName(known) : new SingleByte(known, characters);
    }

    @Override
    public Iterator<Charset> charsets() {
        return Names.TABLES.keySet().stream().map(this::charsetForName).iterator();
    }

    /** Loaded with the first unknown name. */
    private static final class Names {
        static final Map<String, String> OF = new HashMap<>();
        static final Map<String, String> TABLES = new HashMap<>();

        static {
            for (String line : lines()) {
                List<String> words = Arrays.asList(line.split(" "));
                boolean table = words.get(0).equals("table");
                String charset = words.get(1);
                words.subList(table ? 1 : 2, table ? words.size() - 1 : words.size())
                        .forEach(name -> OF.put(name, charset));
                if (table) {
                    TABLES.put(charset, unescaped(words.get(words.size() - 1)));
                }
            }
        }

        private static List<String> lines() {
            try (InputStream in = MailCharsets.class.getResourceAsStream(TABLE)) {
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + TABLE, e);
            }
        }

        private static String unescaped(String escapes) {
            StringBuilder characters = new StringBuilder();
            for (String code : escapes.substring(2).split("\\\\u")) {
                characters.append((char) Integer.parseInt(code, 16));
            }
            return characters.toString();
        }
    }

    /** ASCII, and one character for each other byte. */
    private static final class SingleByte extends Charset {
        private static final int ASCII = 128;
        private final String upper;

        SingleByte(String name, String upper) {
            super(name, new String[0]);
            this.upper = upper;
        }

        @Override
        public boolean contains(Charset other) {
            return other.equals(StandardCharsets.US_ASCII) || other.equals(this);
        }

        @Override
        public CharsetDecoder newDecoder() {
            return new CharsetDecoder(this, 1, 1) {
                @Override
                protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
                    while (in.hasRemaining()) {
                        if (!out.hasRemaining()) {
                            return CoderResult.OVERFLOW;
                        }
                        byte next = in.get();
                        out.put(next >= 0 ? (char) next : upper.charAt(next & ASCII - 1));
                    }
                    return CoderResult.UNDERFLOW;
                }
            };
        }

        @Override
        public boolean canEncode() {
            return false;
        }

        @Override
        public CharsetEncoder newEncoder() {
            throw new UnsupportedOperationException(name() + " is only read");
        }
    }
}
