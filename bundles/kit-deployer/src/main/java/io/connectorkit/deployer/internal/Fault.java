package io.connectorkit.deployer.internal;

/**
 * Why a version of a bundle is not good.
 *
 * @param text one line
 * @param source whether the source may be to blame just as well
 */
record Fault(String text, boolean source) {

  static Fault ofBundle(String text) {
    return new Fault(text, false);
  }

  static Fault ofSource(String text) {
    return new Fault(text, true);
  }
}
