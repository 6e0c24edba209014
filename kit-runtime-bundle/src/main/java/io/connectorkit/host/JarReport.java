package io.connectorkit.host;

import java.util.List;

/**
 * What is in a jar that the deploy folder would let in.
 *
 * @param connector name of the connector
 * @param connectorVersion its version, by its capability
 * @param capabilities what it can, as its manifest says
 * @param bundle symbolic name
 * @param bundleVersion version of the bundle
 * @param needs versions of the host that it was built for, one text for each requirement
 * @param has version of the contract that this host keeps
 * @param signature whether somebody has signed it
 * @param publisher common name of the trusted signer; empty if there is none
 * @param packages Java packages with classes in the jar and in the jars inside it, sorted
 * @param libraries jars inside it, sorted
 * @param bytes size of the jar
 * @param unpackedBytes size of all that is in it
 * @param sha256 of the jar, in hex
 * @param notes what an operator should know though it is no reason to refuse, each one line
 */
public record JarReport(
    String connector,
    String connectorVersion,
    List<String> capabilities,
    String bundle,
    String bundleVersion,
    List<String> needs,
    String has,
    Signature signature,
    String publisher,
    List<String> packages,
    List<String> libraries,
    long bytes,
    long unpackedBytes,
    String sha256,
    List<String> notes) {

  /** Whether somebody vouches for a jar. */
  public enum Signature {
    /** Nobody has signed it. */
    NONE,
    /** It is signed and whole, by nobody whom this host trusts: taken as unsigned. */
    UNTRUSTED,
    /** It is signed by somebody whom this host trusts. */
    TRUSTED
  }
}
