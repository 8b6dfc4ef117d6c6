package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {

    @Test
    void their_number_is_a_power_of_two_that_grows_with_the_rows_within_bounds() {
        assertThat(Buckets.sizeFor(0)).isEqualTo(64);
        assertThat(Buckets.sizeFor(1_000_000)).isEqualTo(4_096);
        assertThat(Buckets.sizeFor(10_000_000)).isEqualTo(65_536);
        assertThat(Buckets.sizeFor(Long.MAX_VALUE)).isEqualTo(65_536);
    }

    @Test
    void parts_of_a_bucket_add_up_in_any_order_and_beyond_64_bits() {
        Buckets one = new Buckets(64);
        one.add(3, 1, Long.MAX_VALUE);
        one.add(3, 2, Long.MAX_VALUE);
        Buckets other = new Buckets(64);
        other.add(3, 3, -2);

        assertThat(one.differingFrom(other).isEmpty()).isTrue();
        assertThat(one.rows()).isEqualTo(3);
    }

    @Test
    void a_bucket_that_differs_in_count_or_in_hash_is_in_the_set() {
        Buckets one = new Buckets(64);
        one.add(0, 1, 5);
        one.add(9, 1, 5);
        one.add(63, 4, 0);
        Buckets other = new Buckets(64);
        other.add(0, 1, 5);
        other.add(9, 1, 6);
        other.add(63, 3, 0);

        Buckets.Differing differing = one.differingFrom(other);

        assertThat(differing.sql()).isEqualTo("'\\x0002000000000080'::bytea");
        assertThat(differing.mask()).isEqualTo(63);
        assertThat(differing.rows(Side.SOURCE)).isEqualTo(5);
        assertThat(differing.rows(Side.TARGET)).isEqualTo(4);
    }
}
