package dev.tideline.collector.otlp;

import java.io.IOException;

/**
 * Receives the parts of an export request as they are read. A resource or a scope may come after its items, since
 * neither protobuf nor JSON orders fields.
 */
public interface EnvelopeSink {

    /** A group of one resource begins. */
    void beginResource() throws IOException;

    /** Part of the group's resource as protobuf; several parts have to be joined. */
    void resource(byte[] part) throws IOException;

    /** A group of one scope within the resource's begins. */
    void beginScope() throws IOException;

    /** Part of the group's scope as protobuf. */
    void scope(byte[] part) throws IOException;

    /** One item of the scope as undecoded protobuf. */
    void item(byte[] item) throws IOException;

    /**
     * An item that is too large to be accepted.
     *
     * @param counted how many it counts for: the data points of a metric, else 1
     */
    void oversized(int counted) throws IOException;

    /**
     * A field that is not read although it carries something.
     *
     * @param counted number of items lost with it
     * @param reason why it is not read
     */
    void unread(int counted, String reason) throws IOException;
}
