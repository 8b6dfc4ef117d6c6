package dev.tideline.collector.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Descriptors.Descriptor;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads a JSON request from a stream and passes on its parts as protobuf, so that both encodings share the rest. */
public final class JsonEnvelope {

    /** Protobuf allows 100 nested messages; each is at most three levels of JSON. */
    private static final int MAX_DEPTH = 320;

    private static final int LONGEST_CHARACTER = 4;

    private final JsonParser json;
    private final Signal signal;
    private final int maxItemBytes;
    private final EnvelopeSink sink;
    private final WireBuffer buffer;

    private JsonEnvelope(JsonParser json, Signal signal, int maxItemBytes, EnvelopeSink sink) {
        this.json = json;
        this.signal = signal;
        this.maxItemBytes = maxItemBytes;
        this.sink = sink;
        this.buffer = new WireBuffer(maxItemBytes);
    }

    /**
     * A factory of parsers that reject input that could exhaust memory; create it once.
     *
     * @param maxItemBytes largest accepted item, as protobuf
     */
    public static JsonFactory factory(int maxItemBytes) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(CutStrings.longestLeft(maxItemBytes) + LONGEST_CHARACTER)
                        .build())
                .build();
    }

    /**
     * Reads to the end of {@code in}.
     *
     * @param factory from {@link #factory}
     * @param maxItemBytes largest accepted item, resource or scope, as protobuf
     * @throws MalformedTelemetryException if it is not such a request
     * @throws OversizedPartException if a resource or a scope is too large
     * @throws IOException whatever the stream or the sink throws
     */
    public static void read(JsonFactory factory, InputStream in, Signal signal, int maxItemBytes, EnvelopeSink sink)
            throws IOException {
        try (JsonParser json = factory.createParser(new CutStrings(in, maxItemBytes))) {
            new JsonEnvelope(json, signal, maxItemBytes, sink).request();
        } catch (StreamConstraintsException e) {
            throw new MalformedTelemetryException("", "invalid JSON: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new MalformedTelemetryException(
                    e.getLocation() == null
                            ? ""
                            : "line " + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr(),
                    "not JSON: " + e.getOriginalMessage());
        } catch (CharConversionException e) {
            throw new MalformedTelemetryException("", "not JSON: " + e.getMessage());
        }
    }

    private void request() throws IOException {
        if (json.nextToken() == null) {
            throw new MalformedTelemetryException("", "the body is empty; an empty request is {}");
        }
        fields(name -> {
            if (name.equals(signal.resources())) {
                each(this::resourceGroup);
            } else if (signal.isOutdated(name, signal.resources())) {
                outdated(name, signal.resources());
            } else {
                json.skipChildren();
                sink.unread(0, misplaced(name));
            }
        });
        if (json.nextToken() != null) {
            throw new MalformedTelemetryException("", "there is more after the end of the JSON object");
        }
    }

    /** Another signal's request, or that of another protocol, would be lost without a word. */
    private String misplaced(String name) {
        return Signal.withResources(name)
                .map(other -> "'" + name + "' belongs to " + other.path())
                .orElse("'" + name + "' is no field of OTLP, whose requests have '" + signal.resources() + "'");
    }

    private void resourceGroup() throws IOException {
        sink.beginResource();
        fields(name -> {
            if (name.equals("resource")) {
                sink.resource(part(Resource.getDescriptor(), "resource"));
            } else if (name.equals(signal.scopes())) {
                each(this::scopeGroup);
            } else {
                outdated(name, signal.scopes());
            }
        });
    }

    private void scopeGroup() throws IOException {
        sink.beginScope();
        fields(name -> {
            if (name.equals("scope")) {
                sink.scope(part(InstrumentationScope.getDescriptor(), "scope"));
            } else if (name.equals(signal.items())) {
                each(this::item);
            } else {
                outdated(name, signal.items());
            }
        });
    }

    private void item() throws IOException {
        JsonTranscoder transcoder = transcode(signal.item());
        for (Map.Entry<String, String> field : transcoder.misnamed().entrySet()) {
            sink.unread(0, Signal.renamed(field.getKey(), field.getValue()));
        }
        if (buffer.overflowed()) {
            sink.oversized(signal == Signal.METRICS ? transcoder.dataPoints() : 1);
        } else {
            sink.item(buffer.toBytes());
        }
    }

    private byte[] part(Descriptor type, String what) throws IOException {
        transcode(type);
        if (buffer.overflowed()) {
            throw new OversizedPartException("a " + what + " of more than " + maxItemBytes + " bytes");
        }
        return buffer.toBytes();
    }

    private JsonTranscoder transcode(Descriptor type) throws IOException {
        buffer.reset();
        JsonTranscoder transcoder = new JsonTranscoder(json, buffer);
        transcoder.message(type);
        return transcoder;
    }

    /** Skips an unknown field; one that was renamed is reported. */
    private void outdated(String name, String current) throws IOException {
        if (signal.isOutdated(name, current)) {
            sink.unread(countItems(name), Signal.renamed(name, current));
        } else {
            json.skipChildren();
        }
    }

    private int countItems(String field) throws IOException {
        int items = 0;
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (signal.countsElementsOf(field)) {
                    items++;
                    json.skipChildren();
                } else {
                    items += countItems(field);
                }
            }
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                items += countItems(name);
            }
        }
        return items;
    }

    private void fields(FieldTaker taker) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw JsonScalars.malformed(json, "an object is expected, not " + JsonScalars.describe(json));
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                taker.take(name);
            }
        }
    }

    private void each(Part part) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw JsonScalars.malformed(json, "an array is expected, not " + JsonScalars.describe(json));
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            part.read();
        }
    }

    @FunctionalInterface
    private interface Part {
        void read() throws IOException;
    }

    @FunctionalInterface
    private interface FieldTaker {
        void take(String name) throws IOException;
    }
}
