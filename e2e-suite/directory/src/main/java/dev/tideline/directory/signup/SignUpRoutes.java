package dev.tideline.directory.signup;

import dev.tideline.directory.channels.ChannelStore;
import dev.tideline.directory.channels.EmailAddress;
import dev.tideline.directory.channels.PrimaryEmailChange;
import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Caller.SignedIn;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.passwords.PasswordStore;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.tenants.Settings;
import dev.tideline.directory.tenants.TenantStore;
import dev.tideline.directory.tokens.Sessions;
import dev.tideline.directory.users.UserStore;
import dev.tideline.directory.waitlist.WaitlistStore;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** {@code /auth/sign-up} and {@code /auth/sign-in}. */
public record SignUpRoutes(Database database, Sessions sessions, SecretHash hash, RateLimit limit) {

    record SignUp(String email, String password, Optional<String> displayName) {}

    record SignIn(String email, String password) {}

    public void addTo(Api api) {
        api.post("/auth/sign-up", Access.KEY, "Makes a user, or makes one of the anonymous user whose token is sent")
                .takes(SignUp.class)
                .gives(201, Sessions.Started.class)
                .by(this::signUp);
        api.post("/auth/sign-up-anonymous", Access.KEY, "Makes an anonymous user")
                .gives(201, Sessions.Started.class)
                .by(this::signUpAnonymous);
        api.post("/auth/sign-in", Access.KEY, "Begins a session")
                .takes(SignIn.class)
                .gives(Sessions.Started.class)
                .by(this::signIn);
    }

    private Sessions.Started signUp(Call call) {
        SignUp wanted = call.body(SignUp.class);
        String email = EmailAddress.of(wanted.email(), "email");
        String name = Check.textIfSent(wanted.displayName(), "display_name", 200)
                .orElse(email.substring(0, email.indexOf('@')));
        String passwordHash = hash.of(SecretHash.newPassword(wanted.password()));
        return database.inTransaction(handle -> {
            UserStore users = new UserStore(handle, call.tenant());
            UUID id = call.caller().signedIn().map(SignedIn::userId).orElseGet(() -> {
                UUID fresh = UUID.randomUUID();
                users.add(fresh, name, true);
                return fresh;
            });
            users.change(id, () -> identify(handle, call.tenant(), id, name, email, passwordHash));
            return sessions.start(handle, users.get(id));
        });
    }

    /** Whoever signs up starts as anonymous, so that there is only one way to become identified. */
    private static void identify(
            Handle handle, String tenant, UUID id, String name, String email, String passwordHash) {
        UserStore users = new UserStore(handle, tenant);
        if (!users.get(id).isAnonymous()) {
            throw new ApiException(409, "ALREADY_SIGNED_UP", "The access token is of a user who has signed up already");
        }
        users.identify(id);
        users.rename(id, name);
        new PasswordStore(handle, tenant).set(id, passwordHash);
        new PrimaryEmailChange(handle, tenant, id).signsIn().apply(Optional.of(email), null);
        if (new TenantStore(handle, tenant).settings().signUpMode() == Settings.SignUpMode.WAITLIST) {
            new WaitlistStore(handle, tenant).add(id);
        }
    }

    private Sessions.Started signUpAnonymous(Call call) {
        UUID id = UUID.randomUUID();
        return database.inTransaction(handle -> {
            UserStore users = new UserStore(handle, call.tenant());
            users.add(id, "Anonymous", true);
            return sessions.start(handle, users.get(id));
        });
    }

    private Sessions.Started signIn(Call call) {
        SignIn wanted = call.body(SignIn.class);
        String email = EmailAddress.of(wanted.email(), "email");
        String password = Check.text(wanted.password(), "password", 200);
        limit.count(call.tenant(), RateLimit.Action.SIGN_IN, email);
        Optional<UUID> user =
                database.inTransaction(handle -> new ChannelStore(handle, call.tenant()).findBySignIn(email));
        Optional<String> passwordHash = database.inTransaction(
                handle -> user.flatMap(id -> new PasswordStore(handle, call.tenant()).hashOf(id)));
        boolean right =
                passwordHash.map(kept -> hash.matches(password, kept)).orElseGet(() -> hash.matchesNobody(password));
        if (!right) {
            throw new ApiException(
                    401, "EMAIL_PASSWORD_MISMATCH", "Nobody signs in with this email address and this password");
        }
        return database.inTransaction(
                handle -> sessions.start(handle, new UserStore(handle, call.tenant()).get(user.orElseThrow())));
    }
}
