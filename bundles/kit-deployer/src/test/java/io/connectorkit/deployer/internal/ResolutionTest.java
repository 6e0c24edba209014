package io.connectorkit.deployer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class ResolutionTest {

  private static String reason(String requirement) {
    return Resolution.reason(new BundleException("Unable to resolve acme.x [15](R 15.0): missing requirement [acme.x [15](R 15.0)] "
        + requirement + " Unresolved requirements: [[acme.x [15](R 15.0)] " + requirement + "]", BundleException.RESOLVE_ERROR));
  }

  @Test
  void aMissingPackageIsNamedWithItsRange() {
    assertEquals("KIT-1006 it needs package com.nowhere >= 2.0.0 and < 3.0.0, which nothing here exports; put the library into the bundle,"
            + " or build it against a version that the host has",
        reason("osgi.wiring.package; (&(osgi.wiring.package=com.nowhere)(version>=2.0.0)(!(version>=3.0.0)))"));
  }

  @Test
  void aHostOfAnotherVersionIsNamed() {
    assertEquals("KIT-1006 it needs a host of another API version: >= 2.0.0 and < 3.0.0; get a version of the connector for this host",
        reason("connectorkit.runtime; (&(version>=2.0.0)(!(version>=3.0.0)))"));
  }

  @Test
  void aFailingStartIsNamedByItsCause() {
    assertEquals("KIT-1007 it does not start: java.lang.IllegalStateException: no",
        Resolution.reason(new BundleException("Activator start error", BundleException.ACTIVATOR_ERROR, new IllegalStateException("no"))));
  }
}
