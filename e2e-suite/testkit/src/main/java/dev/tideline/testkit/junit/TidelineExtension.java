package dev.tideline.testkit.junit;

import dev.tideline.testkit.Circumstances;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test its mailboxes and external databases as parameters, drops the databases afterwards, and adds to a failure
 * what a person would look for: the mail that came, the sync's status, the last lines of the services' logs.
 *
 * <pre>{@code
 * @ExtendWith(TidelineExtension.class)
 * class SignUpTest {
 *     @Test
 *     void a_new_user_gets_a_code(Mailbox alice, ExternalDatabase acme) { … }
 * }
 * }</pre>
 *
 * <p>An external database is empty, or with {@link Migrated} a copy of one that was migrated.
 *
 * <p>Each parameter is new for each test. Compile with {@code -parameters} to have the parameter's name stand in the
 * address and in the database's name.
 */
public final class TidelineExtension
        implements ParameterResolver,
                AfterEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(TidelineExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(Mailbox.class, ExternalDatabase.class, ExternalDatabases.class);

    /** A single object, by which all classes find the templates of the run. */
    private static final Supplier<ExternalDatabases> OF_WORKSPACE = ExternalDatabases::ofWorkspace;

    private final Supplier<MailServer> mail;
    private final Supplier<ExternalDatabases> databases;
    private final Supplier<Circumstances> circumstances;

    /** On the services of this workspace. */
    public TidelineExtension() {
        this(MailServer::ofWorkspace, OF_WORKSPACE, Circumstances::ofWorkspace);
    }

    private TidelineExtension(
            Supplier<MailServer> mail, Supplier<ExternalDatabases> databases, Supplier<Circumstances> circumstances) {
        this.mail = mail;
        this.databases = databases;
        this.circumstances = circumstances;
    }

    /**
     * On other services, to be registered with {@code @RegisterExtension}.
     *
     * @param postgresUrl {@code postgres://user:password@host:port/database} of a superuser
     * @param circumstances what a failure shows besides the mail
     */
    public static TidelineExtension on(MailServer mail, String postgresUrl, Circumstances circumstances) {
        return new TidelineExtension(() -> mail, () -> ExternalDatabases.at(postgresUrl), () -> circumstances);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String name = parameter.getParameter().isNamePresent()
                ? parameter.getParameter().getName()
                : "test";
        TestResources resources = resources(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Mailbox.class) {
            return resources.mailbox(name);
        }
        if (type == ExternalDatabases.class) {
            return resources.databases();
        }
        return parameter
                .findAnnotation(Migrated.class)
                .map(migrated -> resources.copyOf(templates(context).of(migrated.value())))
                .orElseGet(() -> resources.database(name));
    }

    /** What a class has for all its tests is reset after each. For a repeated test there is a context in between. */
    @Override
    public void afterEach(ExtensionContext context) {
        for (Optional<ExtensionContext> each = context.getParent();
                each.isPresent();
                each = each.get().getParent()) {
            given(each.get()).ifPresent(TestResources::reset);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw explained(context, failure);
    }

    private Throwable explained(ExtensionContext context, Throwable failure) {
        Circumstances all = circumstances.get();
        for (Optional<ExtensionContext> each = Optional.of(context);
                each.isPresent();
                each = each.get().getParent()) {
            for (Mailbox mailbox :
                    given(each.get()).map(TestResources::mailboxes).orElse(List.of())) {
                all = all.with(mailbox);
            }
        }
        failure.addSuppressed(all.asException());
        return failure;
    }

    /** The root's store closes it at the end of the run. */
    private Templates templates(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(databases, key -> new Templates(databases), Templates.class);
    }

    /**
     * The store closes it at the end of the test. Stored under the test's id, since a store also returns values of its
     * parents.
     */
    private TestResources resources(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(context.getUniqueId(), key -> new TestResources(mail, databases), TestResources.class);
    }

    private static Optional<TestResources> given(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(context.getUniqueId(), TestResources.class));
    }
}
