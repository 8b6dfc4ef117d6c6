package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void a_long_text_is_cut_and_says_how_long_it_was() {
        String kept = "x".repeat(Excerpt.LONGEST);
        assertThat(Excerpt.of(kept)).isEqualTo(kept);
        assertThat(Excerpt.of(kept + "yz")).isEqualTo(kept + "… (2002 characters)");
        assertThat(Excerpt.of(null)).isNull();
    }

    @Test
    void no_character_is_cut_in_two() {
        String before = "x".repeat(Excerpt.LONGEST - 1);
        assertThat(Excerpt.of(before + "\uD83D\uDE00")).isEqualTo(before + "… (2001 characters)");
    }
}
