package io.connectorkit.deployer.internal.gate;

import java.util.List;
import org.osgi.framework.Version;

/**
 * What the gate found in a jar that it let through.
 *
 * @param symbolicName of the bundle, without directives
 * @param version of the bundle
 * @param sha256 of the file, in hex
 * @param connector name of the connector in it
 * @param publisher common name in the certificate of the trusted signer; empty if nobody trusted signed it
 * @param notes what an operator should know though it is no reason to refuse, each one line
 */
public record CheckedJar(String symbolicName, Version version, String sha256, String connector, String publisher, List<String> notes) {}
