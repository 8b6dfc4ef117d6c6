package dev.tideline.directory.channels;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.users.UserStore;
import java.util.Optional;
import java.util.UUID;

/** {@code /users/{user_id}/contact-channels}. */
public final class ChannelRoutes {

    private static final String PATH = "/users/{user_id}/contact-channels";

    private final Database database;
    private final Verification verification;

    public ChannelRoutes(Database database, SecretHash hash, RateLimit limit) {
        this.database = database;
        this.verification = new Verification(database, hash, limit);
    }

    record NewChannel(String value) {}

    record ChannelPatch(Boolean isPrimary, Boolean isVerified) {}

    record Code(String code) {}

    public void addTo(Api api) {
        api.get(PATH, Access.USER_OR_SERVER, "Lists a user's addresses, the primary one first")
                .gives(OpenApi.listOf(ContactChannel.class))
                .by(this::list);
        api.post(PATH, Access.USER_OR_SERVER, "Adds an address, which is not the primary one")
                .takes(NewChannel.class)
                .gives(201, ContactChannel.class)
                .by(this::add);
        api.patch(PATH + "/{contact_channel_id}", Access.USER_OR_SERVER, "Makes an address the primary one")
                .takes(ChannelPatch.class)
                .gives(ContactChannel.class)
                .by(this::patch);
        api.delete(PATH + "/{contact_channel_id}", Access.USER_OR_SERVER, "Removes an address")
                .by(this::delete);
        api.post(
                        PATH + "/{contact_channel_id}/send-verification-code",
                        Access.USER_OR_SERVER,
                        "Mails a code; the one before stops working")
                .by(this::send);
        api.post(PATH + "/{contact_channel_id}/verify", Access.USER_OR_SERVER, "Takes the mailed code")
                .takes(Code.class)
                .gives(ContactChannel.class)
                .by(this::verify);
    }

    private Items<ContactChannel> list(Call call) {
        UUID user = call.user();
        return Items.all(database.inTransaction(handle -> {
            new UserStore(handle, call.tenant()).get(user);
            return new ChannelStore(handle, call.tenant()).of(user);
        }));
    }

    private ContactChannel add(Call call) {
        UUID user = call.user();
        UUID id = UUID.randomUUID();
        String address = EmailAddress.of(call.body(NewChannel.class).value(), "value");
        return database.inTransaction(handle -> {
            ChannelStore channels = new ChannelStore(handle, call.tenant());
            new UserStore(handle, call.tenant()).change(user, () -> channels.add(id, user, address, false, false));
            return channels.get(user, id);
        });
    }

    private ContactChannel patch(Call call) {
        UUID user = call.user();
        UUID id = call.id("contact_channel_id");
        ChannelPatch patch = call.body(ChannelPatch.class);
        if (patch.isVerified() != null && !call.byServer()) {
            throw ApiException.schema("is_verified", "can be set with a server key only");
        }
        if (Boolean.FALSE.equals(patch.isPrimary())) {
            throw ApiException.schema("is_primary", "can only be true; the user's primary_email may be null");
        }
        return database.inTransaction(handle -> {
            ChannelStore channels = new ChannelStore(handle, call.tenant());
            new UserStore(handle, call.tenant()).change(user, () -> {
                ContactChannel channel = channels.get(user, id);
                if (patch.isPrimary() != null) {
                    new PrimaryEmailChange(handle, call.tenant(), user).apply(Optional.of(channel.value()), null);
                }
                if (patch.isVerified() != null) {
                    channels.setVerified(id, patch.isVerified());
                }
            });
            return channels.get(user, id);
        });
    }

    private Object delete(Call call) {
        UUID user = call.user();
        UUID id = call.id("contact_channel_id");
        database.useTransaction(handle -> {
            ChannelStore channels = new ChannelStore(handle, call.tenant());
            new UserStore(handle, call.tenant())
                    .change(user, () -> channels.delete(channels.get(user, id).id()));
        });
        return null;
    }

    private Object send(Call call) {
        verification.send(call.tenant(), call.user(), call.id("contact_channel_id"));
        return null;
    }

    private ContactChannel verify(Call call) {
        String code = Check.text(call.body(Code.class).code(), "code", 20);
        return verification.verify(call.tenant(), call.user(), call.id("contact_channel_id"), code);
    }
}
