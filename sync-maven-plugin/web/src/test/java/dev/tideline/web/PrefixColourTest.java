package dev.tideline.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefixColourTest {

    @Test
    void neighbouring_prefixes_differ_at_a_glance() {
        for (int prefix = 11; prefix < 654; prefix++) {
            for (int step = 1; step <= 4 && prefix + step <= 654; step++) {
                int apart = Math.abs(PrefixColour.of(prefix).hue()
                        - PrefixColour.of(prefix + step).hue());
                assertThat(Math.min(apart, 360 - apart))
                        .as("degrees between %d and %d", prefix, prefix + step)
                        .isGreaterThan(50);
            }
        }
    }

    @Test
    void a_prefix_has_the_same_colour_on_every_machine() {
        assertThat(PrefixColour.of(81)).isEqualTo(new PrefixColour(215));
        assertThat(PrefixColour.of(654).css()).isEqualTo(":root { --hue: 167; }\n");
    }
}
