package dev.tideline.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.directory.accounts.AccountRoutes;
import dev.tideline.directory.channels.ChannelRoutes;
import dev.tideline.directory.channels.PrimaryEmailChange;
import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.Json;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.http.Page;
import dev.tideline.directory.mail.MailRoutes;
import dev.tideline.directory.mail.MailWorkers;
import dev.tideline.directory.notifications.NotificationRoutes;
import dev.tideline.directory.notifications.UnsubscribeLinks;
import dev.tideline.directory.onboarding.OnboardingRoutes;
import dev.tideline.directory.passwords.RateLimit;
import dev.tideline.directory.passwords.SecretHash;
import dev.tideline.directory.signup.SignUpRoutes;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.directory.teams.PermissionRoutes;
import dev.tideline.directory.teams.TeamRoutes;
import dev.tideline.directory.tenants.TenantRoutes;
import dev.tideline.directory.tokens.AccessTokens;
import dev.tideline.directory.tokens.KeyGate;
import dev.tideline.directory.tokens.Sessions;
import dev.tideline.directory.tokens.SigningKey;
import dev.tideline.directory.tokens.TokenRoutes;
import dev.tideline.directory.users.UserRoutes;
import dev.tideline.directory.waitlist.WaitlistRoutes;
import io.javalin.Javalin;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.json.JavalinJackson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The app: API and pages, mail workers, and the sync runtime if it is configured. Closing stops them in reverse order.
 */
public final class Directory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final String VERSION = "1";
    private static final int CONNECTIONS = 20;

    private final DirectoryConfig config;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Javalin server;
    private Optional<EmbeddedSync> sync = Optional.empty();

    private Directory(DirectoryConfig config) {
        this.config = config;
    }

    public static Directory start(DirectoryConfig config) {
        Directory directory = new Directory(config);
        try {
            directory.start();
            return directory;
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private void start() {
        Database database = keep(Database.open(config.databaseUrl(), CONNECTIONS));
        SigningKey key = SigningKey.of(database);
        AccessTokens accessTokens = new AccessTokens(key, this::url, config.clock());
        UnsubscribeLinks links = new UnsubscribeLinks(key, this::url);
        Api api = routes(database, key, accessTokens, links);
        KeyGate gate = new KeyGate(database, accessTokens, config.operatorKey());
        server = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.jsonMapper(new JavalinJackson(Json.MAPPER, false));
            javalin.staticFiles.add(files("assets"));
            javalin.staticFiles.add(files("look"));
            javalin.staticFiles.add(files("pages"));
            javalin.routes.get("/", context -> context.redirect("/pages/index.html"));
            api.register(javalin.routes, gate, config.telemetry().getTracer("dev.tideline.directory"));
        });
        server.start("127.0.0.1", config.port());
        running.push(server::stop);
        keep(MailWorkers.start(database, config.smtp(), links));
        sync = config.sync()
                .map(file ->
                        keep(EmbeddedSync.start(file, config.databaseUrl(), config.adminPort(), config.telemetry())));
        LOG.info("Directory answers at {}", url());
    }

    private static Consumer<StaticFileConfig> files(String folder) {
        return files -> {
            files.hostedPath = "/" + folder;
            files.directory = "/dev/tideline/directory/" + folder;
            files.headers = Page.HEADERS;
        };
    }

    private static Api routes(Database database, SigningKey key, AccessTokens accessTokens, UnsubscribeLinks links) {
        SecretHash hash = new SecretHash();
        RateLimit limit = new RateLimit(database);
        Sessions sessions = new Sessions(accessTokens);
        Api api = new Api();
        new TenantRoutes(database).addTo(api);
        new SignUpRoutes(database, sessions, hash, limit).addTo(api);
        new TokenRoutes(database, sessions, key).addTo(api);
        new UserRoutes(database, hash, PrimaryEmailChange::new).addTo(api);
        new ChannelRoutes(database, hash, limit).addTo(api);
        new OnboardingRoutes(database).addTo(api);
        new WaitlistRoutes(database).addTo(api);
        new TeamRoutes(database, hash, limit).addTo(api);
        new PermissionRoutes(database).addTo(api);
        new NotificationRoutes(database, links).addTo(api);
        new AccountRoutes(database).addTo(api);
        new MailRoutes(database).addTo(api);
        ObjectNode description = OpenApi.describe(api, VERSION);
        api.get("/openapi.json", Access.OPEN, "This API, described")
                .gives(ObjectNode.class)
                .by(call -> description);
        return api;
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    /** The address of API and pages. */
    public String url() {
        return config.publicUrl().orElseGet(() -> "http://127.0.0.1:" + server.port());
    }

    /** The address of Tideline's dashboard, with a login; empty if there is none. Show it to operators only. */
    public Optional<String> dashboard() {
        return sync.flatMap(EmbeddedSync::dashboard);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part of Directory did not stop well", e);
            }
        }
    }
}
