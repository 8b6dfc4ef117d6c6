package dev.tideline.directory.channels;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.mail.Outbox;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.users.UserStore;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Sends codes to addresses, and verifies them. Five attempts per code, five codes in ten minutes. */
record Verification(Database database, SecretHash hash, RateLimit limit) {

    static final String SUBJECT = "Verify your email address";

    private static final Duration VALIDITY = Duration.ofMinutes(30);

    /** Sends a code; the previous one stops working. Nothing is sent to an address that is verified already. */
    void send(String tenant, UUID user, UUID channelId) {
        ContactChannel channel =
                database.inTransaction(handle -> new ChannelStore(handle, tenant).get(user, channelId));
        if (channel.isVerified()) {
            return;
        }
        limit.count(tenant, RateLimit.Action.SEND_CODE, channelId.toString());
        String code = SecretHash.randomCode();
        String hashed = hash.of(code);
        database.useTransaction(handle -> {
            new ChannelStore(handle, tenant).get(user, channelId);
            new CodeStore(handle, tenant).put(channelId, hashed, VALIDITY);
            new Outbox(handle, tenant)
                    .addTo(
                            channel.value(),
                            SUBJECT,
                            "<p>Your code is</p><p><strong>" + code + "</strong></p><p>It is valid for "
                                    + VALIDITY.toMinutes() + " minutes.</p>");
        });
    }

    /** @throws ApiException 400 for a wrong code */
    ContactChannel verify(String tenant, UUID user, UUID channelId, String code) {
        Optional<String> hashed = database.inTransaction(handle -> {
            new ChannelStore(handle, tenant).get(user, channelId);
            return new CodeStore(handle, tenant).attempt(channelId);
        });
        if (hashed.isEmpty() || !hash.matches(code, hashed.get())) {
            throw wrong();
        }
        return database.inTransaction(handle -> {
            ChannelStore channels = new ChannelStore(handle, tenant);
            new UserStore(handle, tenant).change(user, () -> {
                channels.get(user, channelId);
                if (!new CodeStore(handle, tenant).remove(channelId, hashed.get())) {
                    throw wrong();
                }
                channels.setVerified(channelId, true);
            });
            return channels.get(user, channelId);
        });
    }

    private static ApiException wrong() {
        return new ApiException(
                400,
                "VERIFICATION_CODE_INVALID",
                "The code is wrong, has expired, or was tried too often: ask for a new one");
    }
}
