package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlicesTest {

    @Test
    void together_they_hold_every_page_once_and_whatever_comes_after_the_last() {
        assertThat(Slices.cut(10, 3))
                .containsExactly(
                        "r.ctid >= '(0,0)'::tid AND r.ctid < '(3,0)'::tid",
                        "r.ctid >= '(3,0)'::tid AND r.ctid < '(6,0)'::tid",
                        "r.ctid >= '(6,0)'::tid AND r.ctid < '(9,0)'::tid",
                        "r.ctid >= '(9,0)'::tid");
    }

    @Test
    void an_empty_table_is_one_slice() {
        assertThat(Slices.cut(0, 4)).containsExactly("r.ctid >= '(0,0)'::tid");
    }
}
