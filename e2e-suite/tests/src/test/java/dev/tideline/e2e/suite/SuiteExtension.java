package dev.tideline.e2e.suite;

import dev.tideline.directory.fixture.TestTenant;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts Directory once for a run, and gives each test that asks a new tenant in it, with an external database or without. */
final class SuiteExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SuiteExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Suite.class || type == TestTenant.class || type == Followed.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Suite suite =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent(Suite.class, key -> Suite.start(), Suite.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == Followed.class) {
            Followed followed = suite.followed();
            context.getStore(NAMESPACE).put(followed.database().name(), followed); // Which closes it.
            return followed;
        }
        return type == Suite.class ? suite : suite.tenant();
    }
}
