package dev.tideline.collector.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads a protobuf request from a stream, so that only one item at a time is in memory. */
public final class ProtobufEnvelope {

    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int POINTS = 1;

    /** Where releases 0.15 to 0.18 of OTLP moved the scopes of older senders. */
    private static final int OUTDATED_SCOPES = 1000;

    private final CodedInputStream in;
    private final Signal signal;
    private final int maxItemBytes;
    private final EnvelopeSink sink;

    private ProtobufEnvelope(InputStream in, Signal signal, int maxItemBytes, EnvelopeSink sink) {
        this.in = CodedInputStream.newInstance(in);
        this.signal = signal;
        this.maxItemBytes = maxItemBytes;
        this.sink = sink;
    }

    /**
     * Reads to the end of {@code in}.
     *
     * @param maxItemBytes largest item, resource or scope that is read into memory
     * @throws MalformedTelemetryException if it is not such a request
     * @throws IOException whatever the stream or the sink throws
     */
    public static void read(InputStream in, Signal signal, int maxItemBytes, EnvelopeSink sink) throws IOException {
        try {
            new ProtobufEnvelope(in, signal, maxItemBytes, sink).request();
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedTelemetryException("", "not a protobuf message of this kind: " + e.getMessage());
        }
    }

    private void request() throws IOException {
        fields(field -> {
            if (field != FIRST) {
                return false;
            }
            nested(this::resourceGroup);
            return true;
        });
    }

    private void resourceGroup() throws IOException {
        sink.beginResource();
        fields(field -> {
            switch (field) {
                case FIRST -> sink.resource(shared("resource"));
                case SECOND -> nested(this::scopeGroup);
                case OUTDATED_SCOPES -> outdatedScopes();
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void outdatedScopes() throws IOException {
        int[] items = {0};
        nested(() -> fields(field -> {
            if (field != SECOND) {
                return false;
            }
            if (signal == Signal.METRICS) {
                items[0] += pointsOf(in.readRawVarint32());
            } else {
                in.skipRawBytes(in.readRawVarint32());
                items[0]++;
            }
            return true;
        }));
        String kind = signal.scopes().substring("scope".length()).toLowerCase(Locale.ROOT);
        sink.unread(items[0], Signal.renamed("instrumentation_library_" + kind, "scope_" + kind));
    }

    private void scopeGroup() throws IOException {
        sink.beginScope();
        fields(field -> {
            switch (field) {
                case FIRST -> sink.scope(shared("scope"));
                case SECOND -> item();
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private void item() throws IOException {
        int length = in.readRawVarint32();
        if (length <= maxItemBytes) {
            sink.item(in.readRawBytes(length));
        } else if (signal == Signal.METRICS) {
            sink.oversized(pointsOf(length));
        } else {
            in.skipRawBytes(length);
            sink.oversized(1);
        }
    }

    private int pointsOf(int metricLength) throws IOException {
        int[] points = {0};
        int limit = in.pushLimit(metricLength);
        fields(field -> isMetricData(field) && countPoints(points));
        endOf(limit);
        return points[0];
    }

    private boolean countPoints(int[] points) throws IOException {
        nested(() -> fields(field -> {
            if (field == POINTS) {
                points[0]++;
            }
            return false;
        }));
        return true;
    }

    /** Gauge, sum, histogram, exponential histogram, summary. */
    private static boolean isMetricData(int field) {
        return field == 5 || field == 7 || field == 9 || field == 10 || field == 11;
    }

    private byte[] shared(String what) throws IOException {
        int length = in.readRawVarint32();
        if (length > maxItemBytes) {
            throw new OversizedPartException("a " + what + " of " + length + " bytes; the most is " + maxItemBytes);
        }
        return in.readRawBytes(length);
    }

    private void nested(Part part) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        part.read();
        endOf(limit);
    }

    private void endOf(int outerLimit) throws IOException {
        // To readTag, a stream that ends within a message looks like the message's end.
        if (in.getBytesUntilLimit() != 0) {
            throw new MalformedTelemetryException("", "the body ends in the middle of a message");
        }
        in.popLimit(outerLimit);
    }

    /** Offers every length-delimited field to {@code taker}, and skips all others and what it does not take. */
    private void fields(FieldTaker taker) throws IOException {
        int tag = in.readTag();
        while (tag != 0) {
            boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (!(delimited && taker.take(WireFormat.getTagFieldNumber(tag))) && !in.skipField(tag)) {
                throw new MalformedTelemetryException("", "a protobuf group ends without a beginning");
            }
            tag = in.readTag();
        }
    }

    @FunctionalInterface
    private interface Part {
        void read() throws IOException;
    }

    @FunctionalInterface
    private interface FieldTaker {
        boolean take(int field) throws IOException;
    }
}
