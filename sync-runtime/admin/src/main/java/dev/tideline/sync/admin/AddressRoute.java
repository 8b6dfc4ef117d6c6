package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.concurrent.Semaphore;

/** Tests an address without storing it. */
final class AddressRoute {

    private static final int AT_ONCE = 4;

    private final SyncOperations operations;
    private final Semaphore places = new Semaphore(AT_ONCE);

    AddressRoute(SyncOperations operations) {
        this.operations = operations;
    }

    private record Address(String url) {
        @Override
        public String toString() {
            return "Address";
        }
    }

    void add(RoutesConfig routes) {
        routes.post("/api/v1/external-databases/test", this::test);
    }

    private void test(Context ctx) {
        Address address = Json.body(ctx, Address.class);
        if (address.url() == null || address.url().isEmpty()) {
            throw new ProblemException(
                    400, "The address is missing.", "Name it as url: postgres://user:password@host/database.");
        }
        if (!places.tryAcquire()) {
            ctx.header("Retry-After", "5");
            throw new ProblemException(429, "Too many addresses are being tested.", "Try again in a moment.");
        }
        try {
            Json.answer(ctx, operations.addressTest().run(address.url()));
        } finally {
            places.release();
        }
    }
}
