package dev.tideline.mail.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * One message in one mailbox. Immutable: marking it seen makes another one.
 *
 * <p>The source is the trace of this delivery ({@code Return-Path} and {@code Received}, different for each recipient)
 * followed by what was sent, which all recipients share.
 */
public final class StoredMessage {

    /** Objects, map entries and array headers per message in addition to its text: an estimate on the high side. */
    private static final int BOOKKEEPING = 640;

    private final MessageHeader header;
    private final byte[] trace;
    private final SharedSource sent;

    StoredMessage(MessageHeader header, byte[] trace, SharedSource sent) {
        this.header = header;
        this.trace = trace;
        this.sent = sent;
    }

    /** The entry of this message in lists. */
    public MessageHeader header() {
        return header;
    }

    public String id() {
        return header.id();
    }

    /** The source as a stream over memory; reading it never fails. */
    public InputStream source() {
        return new SequenceInputStream(new ByteArrayInputStream(trace), new ByteArrayInputStream(sent.bytes));
    }

    /** A copy of the source. */
    public byte[] sourceBytes() {
        byte[] copy = new byte[trace.length + sent.bytes.length];
        System.arraycopy(trace, 0, copy, 0, trace.length);
        System.arraycopy(sent.bytes, 0, copy, trace.length, sent.bytes.length);
        return copy;
    }

    StoredMessage markedSeen() {
        return new StoredMessage(header.markedSeen(), trace, sent);
    }

    SharedSource sent() {
        return sent;
    }

    /** Bytes that are freed with this message, without the shared source. */
    long ownBytes() {
        long characters = (long) header.from().length() + header.subject().length();
        for (String recipient : header.to()) {
            characters += recipient.length() + 24L;
        }
        return BOOKKEEPING + trace.length + 2 * characters;
    }

    /** The bytes as they were sent, counted once for any number of mailboxes. */
    static final class SharedSource {
        final byte[] bytes;

        /** Guarded by the store's lock. */
        int holders;

        SharedSource(byte[] bytes) {
            this.bytes = bytes;
        }
    }
}
