package dev.tideline.e2e.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BreakTest {

    @Test
    void everyBreakStillFitsTheCodeAndNamesTestsThatExist() throws IOException {
        assertThat(Break.all()).hasSizeGreaterThanOrEqualTo(40).allSatisfy(one -> {
            assertThat(one.broken()).contains(one.to());
            assertThat(one.tests())
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(Class.forName(test, false, BreakTest.class.getClassLoader()))
                            .isNotNull());
        });
    }
}
