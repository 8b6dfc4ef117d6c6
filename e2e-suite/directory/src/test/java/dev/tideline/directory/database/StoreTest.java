package dev.tideline.directory.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StoreTest {

    @Test
    void aStatementThatForgetsItsTenantIsNotRun() {
        Store store = new Store(null, "acme") {};
        assertThatThrownBy(() -> store.updateText("DELETE FROM project_user WHERE id = :id"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A statement of a store must say whose rows it means, by :tenant:"
                        + " DELETE FROM project_user WHERE id = :id");
    }
}
