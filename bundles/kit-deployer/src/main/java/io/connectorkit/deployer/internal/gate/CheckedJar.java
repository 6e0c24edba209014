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
 * @param signed whether anybody signed it
 * @param notes what an operator should know though it is no reason to refuse, each one line
 * @param inside what else is in it
 */
public record CheckedJar(String symbolicName, Version version, String sha256, String connector, String publisher, boolean signed,
    List<String> notes, Inside inside) {

  /**
   * What a publisher wants to know of a jar, and the deployer does not.
   *
   * @param connectorVersion version of the connector's capability
   * @param capabilities of the connector
   * @param needs versions of the host that it was built for, one text for each requirement
   * @param packages with classes in the jar and in those inside it, sorted
   * @param libraries jars inside it, sorted
   * @param unpackedBytes size of all entries
   */
  public record Inside(String connectorVersion, List<String> capabilities, List<String> needs, List<String> packages, List<String> libraries,
      long unpackedBytes) {}
}
