package dev.tideline.collector.receive;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.collector.otlp.EnvelopeSink;
import dev.tideline.collector.otlp.MalformedTelemetryException;
import dev.tideline.collector.otlp.Signal;
import dev.tideline.collector.store.BoundedLog;
import dev.tideline.collector.store.Origin;
import dev.tideline.collector.store.RejectedItemException;
import dev.tideline.collector.store.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items of one request, collected before any is kept: a request that turns out to be malformed near its end leaves
 * nothing behind.
 *
 * @param <E> what the items become
 */
final class Batch<E extends Stored> implements EnvelopeSink {

    /** A tiny nested message of two bytes decodes into an object of this many times its size. */
    private static final int DECODED_FACTOR = 32;

    private static final int GROUP_OVERHEAD = 200;

    private final ItemReader<E> reader;
    private final InFlightBudget.Charge charge;
    private final int maxItemBytes;
    private final Rejections rejections;
    private final List<ResourceGroup> resources = new ArrayList<>();

    Batch(Signal signal, ItemReader<E> reader, InFlightBudget.Charge charge, int maxItemBytes) {
        this.reader = reader;
        this.charge = charge;
        this.maxItemBytes = maxItemBytes;
        this.rejections = new Rejections(signal);
    }

    Rejections rejections() {
        return rejections;
    }

    @Override
    public void beginResource() throws IOException {
        charge.take(GROUP_OVERHEAD);
        resources.add(new ResourceGroup());
    }

    @Override
    public void resource(byte[] part) throws IOException {
        charge.take(part.length);
        lastResource().resource.writeBytes(part);
    }

    @Override
    public void beginScope() throws IOException {
        charge.take(GROUP_OVERHEAD);
        lastResource().scopes.add(new ScopeGroup());
    }

    @Override
    public void scope(byte[] part) throws IOException {
        charge.take(part.length);
        lastScope().scope.writeBytes(part);
    }

    @Override
    public void item(byte[] item) throws IOException {
        charge.take(Stored.OVERHEAD + item.length);
        lastScope().items.add(item);
    }

    @Override
    public void oversized(int counted) {
        rejections.add(counted, "larger than " + maxItemBytes + " bytes");
    }

    @Override
    public void unread(int counted, String reason) {
        if (counted > 0) {
            rejections.add(counted, reason);
        } else {
            rejections.ignore(reason);
        }
    }

    /** Decodes all items; those that are invalid on their own are counted as rejected. */
    List<E> decode(BoundedLog<E> log) throws IOException {
        List<E> decoded = new ArrayList<>();
        Map<Origin, Origin> origins = new HashMap<>();
        for (ResourceGroup resource : resources) {
            for (ScopeGroup scope : resource.scopes) {
                decode(origin(resource, scope, origins, log), scope, decoded);
            }
        }
        return decoded;
    }

    private Origin origin(ResourceGroup resource, ScopeGroup scope, Map<Origin, Origin> known, BoundedLog<E> log)
            throws IOException {
        byte[] resourceBytes = resource.resource.toByteArray();
        byte[] scopeBytes = scope.scope.toByteArray();
        charge.take((long) DECODED_FACTOR * (resourceBytes.length + scopeBytes.length));
        try {
            return known.computeIfAbsent(Origin.read(resourceBytes, scopeBytes), log::shared);
        } catch (InvalidProtocolBufferException e) {
            throw malformed(e);
        }
    }

    private void decode(Origin origin, ScopeGroup scope, List<E> decoded) throws IOException {
        for (byte[] item : scope.items) {
            long parsing = (long) DECODED_FACTOR * item.length;
            charge.take(parsing);
            try {
                decoded.add(reader.read(origin, item));
            } catch (RejectedItemException e) {
                rejections.add(1, e.getMessage());
            } catch (InvalidProtocolBufferException e) {
                throw malformed(e);
            } finally {
                charge.give(parsing);
            }
        }
    }

    private static MalformedTelemetryException malformed(InvalidProtocolBufferException e) {
        return new MalformedTelemetryException("", "not a protobuf message of this kind: " + e.getMessage());
    }

    private ResourceGroup lastResource() {
        return resources.get(resources.size() - 1);
    }

    private ScopeGroup lastScope() {
        List<ScopeGroup> scopes = lastResource().scopes;
        return scopes.get(scopes.size() - 1);
    }

    /** Decodes one item. */
    @FunctionalInterface
    interface ItemReader<E extends Stored> {
        E read(Origin origin, byte[] bytes) throws InvalidProtocolBufferException, RejectedItemException;
    }

    private static final class ResourceGroup {
        final ByteArrayOutputStream resource = new ByteArrayOutputStream(0);
        final List<ScopeGroup> scopes = new ArrayList<>(1);
    }

    private static final class ScopeGroup {
        final ByteArrayOutputStream scope = new ByteArrayOutputStream(0);
        final List<byte[]> items = new ArrayList<>();
    }
}
