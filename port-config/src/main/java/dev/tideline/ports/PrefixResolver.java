package dev.tideline.ports;

import java.util.Objects;

/**
 * Finds the prefix of a workspace. The first of these that is set decides, and blank means not set:
 *
 * <ol>
 *   <li>{@code -Dtideline.portPrefix}
 *   <li>{@code <portPrefix>} of the Maven plugin
 *   <li>the environment variable {@code TIDELINE_PORT_PREFIX}
 *   <li>{@code .tideline/port-prefix} in the workspace
 *   <li>{@value PortPrefix#DEFAULT}
 * </ol>
 *
 * Each of them may say {@value #AUTO}: a free prefix of this workspace, the same one next time.
 */
public final class PrefixResolver {
    /** The value that requests a free prefix. */
    public static final String AUTO = "auto";

    private final PrefixRegistry registry;

    /**
     * @param registry used only if the prefix is {@value #AUTO}
     */
    public PrefixResolver(PrefixRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * Finds the prefix, with its origin. An automatic one is claimed in the registry; a given one is not recorded (see
     * {@link PrefixRegistry#record}), so that asking for ports writes nothing.
     *
     * @throws InvalidPrefixException if the first source that is set is not valid; later ones are not considered
     * @throws PortConfigException if no automatic prefix is available
     */
    public PortPrefix resolve(Workspace workspace, PrefixInputs inputs) {
        if (isSet(inputs.userProperty())) {
            return resolve(workspace, inputs.userProperty(), "-D" + PrefixInputs.PROPERTY);
        }
        if (isSet(inputs.pluginParameter())) {
            return resolve(workspace, inputs.pluginParameter(), "<portPrefix> of sync-maven-plugin");
        }
        if (isSet(inputs.environment())) {
            return resolve(workspace, inputs.environment(), "the environment variable " + PrefixInputs.ENVIRONMENT);
        }
        String fixed = PrefixInputs.read(workspace.prefixFile());
        if (isSet(fixed)) {
            return resolve(workspace, fixed, workspace.prefixFile().toString());
        }
        return new PortPrefix(PortPrefix.DEFAULT, "the default");
    }

    private PortPrefix resolve(Workspace workspace, String value, String origin) {
        if (value.strip().equals(AUTO)) {
            return new PortPrefix(registry.claim(workspace), "'" + AUTO + "' in " + origin);
        }
        return PortPrefix.parse(value, origin);
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }
}
