package dev.tideline.testkit.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageHeader;
import dev.tideline.mail.store.StoredMessage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.autoconfigure.logging.otlp.OtlpLoggingConnectionDetails;
import org.springframework.boot.actuate.autoconfigure.metrics.export.otlp.OtlpMetricsConnectionDetails;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingConnectionDetails;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class WorkspaceServicesTest {

    @TempDir
    private static Path folder;

    private static RunningWorkspace workspace;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ShopWithItsOwnDatabase {
        @Bean
        JdbcConnectionDetails own() {
            return new JdbcConnectionDetails() {
                @Override
                public String getJdbcUrl() {
                    return "jdbc:postgresql://own/db";
                }

                @Override
                public String getUsername() {
                    return "me";
                }

                @Override
                public String getPassword() {
                    return "secret";
                }
            };
        }
    }

    @BeforeAll
    static void start() {
        workspace = RunningWorkspace.start(folder);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Test
    void an_application_without_a_url_uses_the_postgres_and_the_mail_server_of_its_workspace() {
        try (ConfigurableApplicationContext shop = run(Shop.class)) {
            JdbcTemplate sql = shop.getBean(JdbcTemplate.class);
            sql.execute("CREATE TABLE customer (name text)");
            sql.update("INSERT INTO customer VALUES ('Ada')");
            assertThat(new JdbcTemplate(shop.getBean(javax.sql.DataSource.class))
                            .queryForObject("SELECT name FROM customer", String.class))
                    .isEqualTo("Ada");
            assertThat(sql.queryForObject("SHOW port", Integer.class))
                    .isEqualTo(workspace.postgres().port());

            SimpleMailMessage welcome = new SimpleMailMessage();
            welcome.setFrom("shop@example.com");
            welcome.setTo("ada@example.com");
            welcome.setSubject("Welcome");
            welcome.setText("Hello Ada");
            shop.getBean(JavaMailSender.class).send(welcome);
            assertThat(workspace.mail().store().messages(MailboxName.of("ada")))
                    .extracting(StoredMessage::header)
                    .extracting(MessageHeader::subject)
                    .containsExactly("Welcome");
        }
    }

    @Test
    void another_database_of_the_server_may_be_named() {
        try (ConfigurableApplicationContext shop = run(Shop.class, "tideline.services.database=template1")) {
            assertThat(shop.getBean(JdbcTemplate.class).queryForObject("SELECT current_database()", String.class))
                    .isEqualTo("template1");
        }
    }

    @Test
    void traces_metrics_and_logs_go_to_the_collector_of_the_workspace() {
        try (ConfigurableApplicationContext shop = run(Shop.class)) {
            String collector = "http://127.0.0.1:" + workspace.prefix() + "31";
            assertThat(shop.getBean(OtlpTracingConnectionDetails.class)
                            .getUrl(org.springframework.boot.actuate.autoconfigure.tracing.otlp.Transport.HTTP))
                    .isEqualTo(collector + "/v1/traces");
            assertThat(shop.getBean(OtlpTracingConnectionDetails.class)
                            .getUrl(org.springframework.boot.actuate.autoconfigure.tracing.otlp.Transport.GRPC))
                    .isEqualTo(collector);
            assertThat(shop.getBean(OtlpMetricsConnectionDetails.class).getUrl())
                    .isEqualTo(collector + "/v1/metrics");
            assertThat(shop.getBean(OtlpLoggingConnectionDetails.class)
                            .getUrl(org.springframework.boot.actuate.autoconfigure.logging.otlp.Transport.HTTP))
                    .isEqualTo(collector + "/v1/logs");
        }
    }

    @Test
    void the_workspace_goes_before_properties_and_behind_connections_that_the_application_describes() {
        String[] production = {
            "spring.datasource.url=jdbc:postgresql://production/shop",
            "spring.mail.host=mail.example.com",
            "spring.mail.port=25"
        };
        try (ConfigurableApplicationContext shop = run(Shop.class, production)) {
            assertThat(shop.getBean(JdbcTemplate.class).queryForObject("SELECT current_database()", String.class))
                    .isEqualTo("postgres");
            assertThat(shop.getBean(JavaMailSenderImpl.class).getPort())
                    .isEqualTo(workspace.mail().smtpPort());
        }
        try (ConfigurableApplicationContext shop = run(ShopWithItsOwnDatabase.class, production)) {
            assertThat(shop.getBean(JdbcConnectionDetails.class).getJdbcUrl()).isEqualTo("jdbc:postgresql://own/db");
        }
    }

    @Test
    void each_service_can_be_left_to_the_application() {
        try (ConfigurableApplicationContext shop = run(
                Shop.class,
                "tideline.services.postgres=false",
                "tideline.services.mail=false",
                "tideline.services.otlp=false",
                "spring.datasource.url=jdbc:postgresql://production/shop",
                "spring.mail.host=mail.example.com")) {
            assertThat(shop.getBean(JdbcConnectionDetails.class).getJdbcUrl())
                    .isEqualTo("jdbc:postgresql://production/shop");
            assertThat(shop.getBean(JavaMailSenderImpl.class).getHost()).isEqualTo("mail.example.com");
            assertThat(shop.getBeansOfType(OtlpTracingConnectionDetails.class)).isEmpty();
            assertThat(shop.getBean(OtlpMetricsConnectionDetails.class).getUrl())
                    .as("that of the application, which sets none")
                    .isNull();
            assertThat(shop.getBeansOfType(OtlpLoggingConnectionDetails.class)).isEmpty();
        }
    }

    /** As on the command line, whose properties go before all others of an application. */
    private static ConfigurableApplicationContext run(Class<?> application, String... properties) {
        return new SpringApplicationBuilder(application)
                .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
    }
}
