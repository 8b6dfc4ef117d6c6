package dev.tideline.sync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

class PostgresUrlTest {

    @Test
    void all_parts_are_read_and_decoded() {
        PostgresUrl url = PostgresUrl.parse(
                "postgresql://a%40b:p%3Aw%25%C3%A9+@db.example.org:6543/my%2Fdb?sslmode=verify-full&connect_timeout=5");

        assertThat(url.host()).isEqualTo("db.example.org");
        assertThat(url.port()).isEqualTo(6543);
        assertThat(url.user()).contains("a@b");
        assertThat(url.password()).contains("p:w%é+");
        assertThat(url.database()).isEqualTo("my/db");
        assertThat(url.properties()).isEqualTo(Map.of("sslmode", "verify-full", "connect_timeout", "5"));
    }

    @Test
    void what_is_left_out_has_the_defaults_of_libpq() {
        PostgresUrl url = PostgresUrl.parse("postgres://app@[::1]");

        assertThat(url).isEqualTo(new PostgresUrl("::1", 5432, "app", Optional.of("app"), Optional.empty(), Map.of()));
        assertThat(url.schema()).isEqualTo("public");
        assertThat(url.redacted()).isEqualTo("postgres://app@[::1]:5432/app");
    }

    @Test
    void the_driver_sees_no_other_host_and_no_other_property() {
        PostgresUrl url = PostgresUrl.parse("postgres://u@127.0.0.1:1/d%3FsslfactoryX=1%26socketFactory=x");

        Properties parsed = Driver.parseURL(url.jdbcUrl(), url.driverProperties());

        assertThat(parsed.getProperty("PGHOST")).isEqualTo("127.0.0.1");
        assertThat(parsed.getProperty("PGPORT")).isEqualTo("1");
        assertThat(parsed.getProperty("PGDBNAME")).isEqualTo("d?sslfactoryX=1&socketFactory=x");
        assertThat(parsed).doesNotContainKeys("socketFactory", "sslfactoryX", "options", "service");
    }

    @Test
    void without_a_password_the_operators_own_is_not_looked_up() {
        assertThat(PostgresUrl.parse("postgres://u@h/d").driverProperties())
                .containsEntry("password", "")
                .containsEntry("gssEncMode", "disable")
                .containsEntry("requireAuth", "none,password,md5,scram-sha-256");
    }

    @ParameterizedTest
    @CsvSource({
        "prefer, org.postgresql.ssl.NonValidatingFactory",
        "require, org.postgresql.ssl.NonValidatingFactory",
        "verify-ca, org.postgresql.ssl.DefaultJavaSSLFactory",
        "verify-full, org.postgresql.ssl.DefaultJavaSSLFactory"
    })
    void certificates_come_from_no_file_of_the_operator(String sslmode, String factory) {
        assertThat(PostgresUrl.parse("postgres://u@h/d?sslmode=" + sslmode).driverProperties())
                .containsEntry("sslmode", sslmode)
                .containsEntry("sslfactory", factory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://u:hunter2@h/d | the address does not begin with postgres:// or postgresql:// but http://. Write postgres://user:password@host:port/database?sslmode=require.",
                "jdbc:postgresql://h/d?password=hunter2 | this is a JDBC address, and not a Postgres one. Write postgres://user:password@host:port/database?sslmode=require.",
                "hunter2 | the address does not begin with postgres:// or postgresql://. Write postgres://user:password@host:port/database?sslmode=require.",
                "postgres://h/d | the address names no user. Write postgres://user:password@host:port/database?sslmode=require.",
                "postgres://u:hunter2@/d | the address names no host. Write one, also for this machine: 127.0.0.1. Unix sockets are not supported.",
                "postgres://u:hunter2@a,b/d | the address names several hosts, and only one is supported. Write the address at which writes are accepted.",
                "postgres://u:hunter2@%2Ftmp/d | the address names a Unix socket, and only TCP is supported. Write a host: 127.0.0.1.",
                "postgres://u:hunt@er2@h/d | the address has a second @ before the host. In a user or password write it as %40.",
                "postgres://u:hunt/er2@h/d | the address has more than a database name after the host. In a password or a name write / as %2F, ? as %3F and @ as %40.",
                "postgres://u:hunt#er2@h/d | the address contains #. In a password write it percent-encoded: %23.",
                "postgres://u:hunter%2@h/d | the address has a % without two hexadecimal digits in its password. Write the percent sign itself as %25.",
                "postgres://u:hunter2%00@h/d | the address has a control character in its password. Leave it out.",
                "postgres://u:hunter2%FF@h/d | the address is not UTF-8 in its password. Percent-encode the bytes of UTF-8.",
                "postgres://u:hunter2@h:99999/d | the address has a port that is not from 1 to 65535",
                "postgres://u:hunter2@h;x/d | the address has a host or a port that cannot be read. Write host:port; put an IPv6 address in brackets: [::1]:5432.",
                "postgres://u@h/d?sslrootcert=/etc/hunter2 | the address has the parameter sslrootcert, which is not allowed because it names a file. Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.",
                "postgres://u@h/d?loggerFile=/etc/hunter2 | the address has the parameter loggerFile, which is not allowed because it names a file. Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.",
                "postgres://u@h/d?socketFactory=hunter2 | the address has the parameter socketFactory, which is not allowed because it names a class. Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.",
                "postgres://u@h/d?sslfactory=hunter2 | the address has the parameter sslfactory, which is not allowed because it names a class. Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.",
                "postgres://u@h/d?options=-chunter2 | the address has the parameter options, which is not allowed because it sets session parameters. To name a schema write currentSchema. Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.",
                "postgres://u@h/d?host=hunter2 | the address has the parameter host, which is not allowed because it would change where the connection goes. Write user, password, host, port and database before the question mark.",
                "postgres://u@h/d?sslmod=require | the address has the parameter sslmod, which is not allowed. Did you mean \"sslmode\"?",
                "postgres://u@h/d?sslmode=hunter2 | the address has an invalid sslmode. It must be disable, allow, prefer, require, verify-ca or verify-full.",
                "postgres://u@h/d?connect_timeout=0 | the address has an invalid connect_timeout. It must be a number of seconds from 1 to 300.",
                "postgres://u@h/d?channel_binding=hunter2 | the address has an invalid channel_binding. It must be disable, prefer or require.",
                "postgres://u@h/d?application_name=%C3%A9 | the address has an invalid application_name. It must be 1 to 63 printable ASCII characters.",
                "postgres://u@h/d?currentSchema=a,b | the address has an invalid currentSchema. It must be the name of one schema, and not a system schema.",
                "postgres://u@h/d?currentSchema=pg_temp | the address has an invalid currentSchema. It must be the name of one schema, and not a system schema.",
                "postgres://u@h/d?currentSchema=information_schema | the address has an invalid currentSchema. It must be the name of one schema, and not a system schema.",
                "postgres://u@h/d?sslmode=allow&sslmode=allow | the address has the parameter sslmode twice. Keep one of the two.",
            })
    void what_is_refused_says_why_and_never_shows_the_password(String text, String message) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message.replace("\\\"", "\""))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://u:a b@h/d", "postgres://u:a\tb@h/d", "postgres://u:a\nb@h/d"})
    void blanks_are_refused(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text))
                .hasMessage("the address contains a blank or a control character. Write it percent-encoded: %20.");
    }

    @Test
    void a_long_address_is_refused() {
        assertThatThrownBy(() -> PostgresUrl.parse("postgres://u:" + "x".repeat(5000) + "@h/d"))
                .hasMessage("the address is longer than 4096 characters. Write"
                        + " postgres://user:password@host:port/database?sslmode=require.");
    }

    @Test
    void one_built_by_hand_is_checked_too() {
        for (String host : List.of("", "a/b", "a,b", "a?b", "[::1]", "a b", "a@b")) {
            assertThatThrownBy(() -> new PostgresUrl(host, 5432, "d", Optional.of("u"), Optional.empty(), Map.of()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("the address has a host or a port that cannot be read");
        }
        assertThatThrownBy(() -> new PostgresUrl("h", 5432, "", Optional.of("u"), Optional.empty(), Map.of()))
                .hasMessage("the address has an empty user or database");
        assertThatThrownBy(() -> new PostgresUrl("h", 5432, "d", Optional.of("u"), Optional.of("x\0"), Map.of()))
                .hasMessage("the address contains a control character");
        assertThatThrownBy(() -> new PostgresUrl(
                        "h", 5432, "d", Optional.of("u"), Optional.empty(), Map.of("socketFactory", "x")))
                .hasMessage(
                        "the address has the parameter socketFactory, which is not allowed because it names a class."
                                + " Allowed are application_name, channel_binding, connect_timeout, currentSchema, sslmode.");
    }

    /** Whatever comes in: an address whose parts reach the driver unchanged, or a refusal that gives nothing away. */
    @Test
    void random_addresses_are_read_exactly_or_refused_without_the_password() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "aZ09:/@?#%&=[],;+-._~ \\'\"\u0000\n\u00e9\ud83d\ude00";
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder("postgres://u:hunter2");
            int length = random.nextInt(25);
            for (int c = 0; c < length; c++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append(random.nextBoolean() ? "@h/d" : "@h:1/d?sslmode=require");
            Throwable refusal = catchThrowable(() -> exactly(PostgresUrl.parse(text.toString())));
            if (refusal != null) {
                assertThat(refusal).as("seed " + seed + ", " + text).isInstanceOf(ConfigException.class);
                assertThat(refusal.getMessage()).as("seed " + seed).doesNotContain("hunter2");
            }
        }
    }

    private static void exactly(PostgresUrl url) {
        Properties parsed = Driver.parseURL(url.jdbcUrl(), url.driverProperties());
        assertThat(parsed).isNotNull();
        assertThat(parsed.getProperty("PGHOST").replaceAll("[\\[\\]]", "")).isEqualTo(url.host());
        assertThat(parsed.getProperty("PGPORT")).isEqualTo(Integer.toString(url.port()));
        assertThat(parsed.getProperty("PGDBNAME")).isEqualTo(url.database());
        assertThat(parsed.getProperty("password")).isEqualTo(url.password().orElse(""));
        assertThat(url.toString()).doesNotContain(url.password().orElse("hunter2"));
    }
}
