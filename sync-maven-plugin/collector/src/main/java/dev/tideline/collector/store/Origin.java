package dev.tideline.collector.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * The sender of an item: the resource (service, host, process) and the instrumentation scope. Shared by all items of a
 * sender, since a store keeps one of each that are equal.
 *
 * @param service the resource's {@code service.name}, empty if it has none
 */
public record Origin(Resource resource, InstrumentationScope scope, String service) {

    /** The approximate maximum ratio of a decoded message's size to its bytes. */
    private static final int DECODED_FACTOR = 10;

    private static final int OVERHEAD = 400;

    /**
     * Parses both parts; empty bytes are an empty part.
     *
     * @throws InvalidProtocolBufferException if one of them is malformed
     */
    public static Origin read(byte[] resource, byte[] scope) throws InvalidProtocolBufferException {
        Resource read = Resource.parseFrom(resource);
        return new Origin(read, InstrumentationScope.parseFrom(scope), serviceName(read));
    }

    /** Bytes of memory charged for it, once for all items that share it. */
    public long weight() {
        return OVERHEAD + DECODED_FACTOR * (long) (resource.getSerializedSize() + scope.getSerializedSize());
    }

    private static String serviceName(Resource resource) {
        for (KeyValue attribute : resource.getAttributesList()) {
            if (attribute.getKey().equals("service.name")
                    && attribute.getValue().getValueCase() == AnyValue.ValueCase.STRING_VALUE) {
                return attribute.getValue().getStringValue();
            }
        }
        return "";
    }
}
