package dev.tideline.mail.http;

import dev.tideline.mail.mime.MessageParser;
import dev.tideline.mail.store.StoredMessage;

/**
 * The answer to a wait. The status is 200 even if the time ran out: after a 408 OkHttp and browsers would repeat the
 * wait, which would double the timeout.
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
