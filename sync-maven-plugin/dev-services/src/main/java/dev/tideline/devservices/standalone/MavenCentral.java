package dev.tideline.devservices.standalone;

import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;

/** The repository that Maven itself uses by default. */
final class MavenCentral {

    private MavenCentral() {}

    static String url() {
        return new DefaultSuperPomProvider()
                .setModelProcessor(new DefaultModelProcessor()
                        .setModelLocator(new DefaultModelLocator())
                        .setModelReader(new DefaultModelReader()))
                .getSuperModel("4.0.0")
                .getRepositories()
                .get(0)
                .getUrl();
    }
}
