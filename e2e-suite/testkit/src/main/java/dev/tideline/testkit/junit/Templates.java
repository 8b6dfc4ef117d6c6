package dev.tideline.testkit.junit;

import dev.tideline.testkit.DatabaseTemplate;
import dev.tideline.testkit.ExternalDatabases;
import dev.tideline.testkit.Migration;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The migrated databases of one run of tests, each made when it is first requested. */
final class Templates implements AutoCloseable {
    private final ExternalDatabases databases;
    private final Map<Class<? extends Migration>, DatabaseTemplate> byMigration = new ConcurrentHashMap<>();

    Templates(Supplier<ExternalDatabases> server) {
        databases = server.get();
    }

    DatabaseTemplate of(Class<? extends Migration> migration) {
        return byMigration.computeIfAbsent(
                migration, type -> databases.template(TestResources.label(type.getSimpleName()), make(type)));
    }

    @Override
    public void close() {
        databases.close();
    }

    private static Migration make(Class<? extends Migration> type) {
        try {
            Constructor<? extends Migration> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "@Migrated names " + type.getName()
                            + ", which cannot be instantiated. Give it a constructor without"
                            + " parameters, and make it static if it is nested.",
                    e);
        }
    }
}
