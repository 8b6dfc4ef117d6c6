package dev.tideline.sync.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Tideline.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
        return new String[] {"tideline " + version};
    }
}
