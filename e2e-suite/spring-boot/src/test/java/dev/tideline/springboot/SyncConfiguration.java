package dev.tideline.springboot;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.SyncConfigLoader;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
@ConditionalOnProperty("tideline.config")
class SyncConfiguration {

    @Bean(destroyMethod = "close")
    SyncRuntime syncRuntime(@Value("${tideline.config}") Path config) {
        return SyncRuntime.start(SyncConfigLoader.load(config));
    }
}
