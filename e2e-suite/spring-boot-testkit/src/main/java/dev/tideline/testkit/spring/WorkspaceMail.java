package dev.tideline.testkit.spring;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Mail goes to the workspace's mail server. By properties, since Spring Boot 3.5 has no connection details for mail; they
 * stand in front of all others, as connection details would.
 */
public final class WorkspaceMail implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (WorkspaceServices.isWanted(environment, "mail")) {
            WorkspaceServices services = WorkspaceServices.current();
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "mail server of the workspace",
                            Map.of("spring.mail.host", services.host(), "spring.mail.port", services.port("smtp"))));
        }
    }
}
