package dev.tideline.testkit.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The data source is the workspace's Postgres, unless another connection is described. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@ConditionalOnClass(name = "org.postgresql.Driver")
@ConditionalOnProperty(name = WorkspaceServices.PROPERTIES + "postgres", matchIfMissing = true)
public class WorkspacePostgresAutoConfiguration {

    private static final String DEFAULT = "postgres";

    @Bean
    @ConditionalOnMissingBean
    JdbcConnectionDetails workspacePostgres(Environment environment) {
        String database = environment.getProperty(WorkspaceServices.PROPERTIES + "database", DEFAULT);
        String url = WorkspaceServices.current().jdbcUrl(database);
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return url;
            }

            @Override
            public String getUsername() {
                return DEFAULT;
            }

            @Override
            public String getPassword() {
                return DEFAULT;
            }
        };
    }
}
