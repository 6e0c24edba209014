package io.connectorkit.deployer.internal.gate;

/** A file that may be half copied; its message is final once the file has lain still for long enough. */
public final class Incomplete extends Exception {

  private static final long serialVersionUID = 1L;

  Incomplete(String file, String reason) {
    super(Refusal.line("KIT-1003 " + file + " " + reason + "; copy it again"));
  }
}
