package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TenantIdTest {

    @Test
    void one_column_is_the_id_as_it_is() {
        for (String id : List.of("", "1", "01", "a/b", "100%", "%2F", "\u001b[31m", "tab\tline\n")) {
            assertThat(TenantId.of(List.of(id))).isEqualTo(id);
            assertThat(TenantId.parts(id, 1)).contains(List.of(id));
        }
    }

    @Test
    void several_are_joined_and_what_would_be_ambiguous_is_escaped() {
        assertThat(TenantId.of(List.of("eu", "acme"))).isEqualTo("eu/acme");
        assertThat(TenantId.of(List.of("a/b", "c"))).isEqualTo("a%2Fb/c");
        assertThat(TenantId.of(List.of("a", "b/c"))).isEqualTo("a/b%2Fc");
        assertThat(TenantId.of(List.of("100%", ""))).isEqualTo("100%25/");
        assertThat(TenantId.of(List.of("", "%2F"))).isEqualTo("/%252F");
    }

    @Test
    void no_two_keys_share_an_id_and_each_is_read_back() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, List<String>> ids = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            List<String> parts = new ArrayList<>();
            int columns = 2 + random.nextInt(2);
            for (int column = 0; column < columns; column++) {
                StringBuilder part = new StringBuilder();
                for (int length = random.nextInt(4); length > 0; length--) {
                    part.append("/%2F5a".charAt(random.nextInt(6)));
                }
                parts.add(part.toString());
            }
            String id = TenantId.of(parts);
            assertThat(TenantId.parts(id, columns)).as("seed %d", seed).contains(parts);
            assertThat(ids.merge(id, parts, (first, second) -> first))
                    .as("seed %d", seed)
                    .isEqualTo(parts);
        }
    }

    @Test
    void what_no_tenant_can_have_is_distinguished_from_what_one_can() {
        assertThat(TenantId.problem("a/b", 2)).isEmpty();
        assertThat(TenantId.problem("a/b/c", 1)).isEmpty();
        assertThat(TenantId.problem("a/b/c", 2))
                .contains(
                        "\"a/b/c\" is not a tenant id: tenants.key has 2 columns, and the id is their texts joined by /,"
                                + " with %2F for a / and %25 for a % inside of a text");
        assertThat(TenantId.problem("100%/x", 2))
                .contains(
                        "\"100%/x\" is not a tenant id: tenants.key has 2 columns, and the id is their texts joined by /,"
                                + " with %2F for a / and %25 for a % inside of a text. Did you mean \"100%25/x\"?");
        assertThat(TenantId.problem("ä".repeat(500), 1)).isEmpty();
        assertThat(TenantId.problem("ä".repeat(501), 1))
                .contains("the tenant id has 1002 bytes, and at most 1000 are allowed");
    }
}
