package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Tests an address without storing it. */
final class AddressRoute {

    static final int AT_ONCE = 4;

    private final SyncOperations operations;
    private final Places places = new Places(AT_ONCE, "Too many addresses are being tested.");

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
        routes.post("/api/v1/external-databases/test", places.bounded(this::test));
    }

    private void test(Context ctx) {
        Address address = Json.body(ctx, Address.class);
        if (address.url() == null || address.url().isEmpty()) {
            throw new ProblemException(
                    400, "The address is missing.", "Name it as url: postgres://user:password@host/database.");
        }
        Json.answer(ctx, operations.addressTest().run(address.url()));
    }
}
