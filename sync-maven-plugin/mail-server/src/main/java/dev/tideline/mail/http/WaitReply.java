package dev.tideline.mail.http;

import dev.tideline.mail.mime.MessageParser;
import dev.tideline.mail.store.StoredMessage;

/**
 * The answer to a wait. It is 200 in time or not: a 408 would make OkHttp and browsers send the same wait once more by
 * themselves, which doubles the time that the caller set.
 */
final class WaitReply {

    private WaitReply() {}

    static Reply of(WaitRequest request, Waiters.Outcome outcome, String base) {
        return Reply.json(MailJson.bytes(json -> {
            json.writeStartObject();
            json.writeBooleanField("satisfied", outcome.satisfied());
            json.writeNumberField("waited-millis", outcome.waited().toMillis());
            json.writeFieldName("messages");
            if (request.full()) {
                json.writeStartArray();
                for (StoredMessage message : outcome.messages()) {
                    MailJson.message(json, message.header(), MessageParser.parse(message.source()), base);
                }
                json.writeEndArray();
            } else {
                MailJson.headers(
                        json,
                        outcome.messages().stream().map(StoredMessage::header).toList());
            }
            json.writeFieldName("others");
            MailJson.headers(json, outcome.others());
            json.writeEndObject();
        }));
    }
}
