package io.connectorkit.runtime.internal.registry;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What is remembered of a connector bundle. */
final class ConnectorBundlesTest {

  private final AtomicLong modified = new AtomicLong(1);
  private boolean updatedWhileRead;
  private int state = Bundle.ACTIVE;

  @Test
  void aBundleThatIsUpdatedWhileItIsReadIsReadAgain() {
    Bundle bundle = bundle();
    updatedWhileRead = true;
    ConnectorBundles.Entry stale = ConnectorBundles.current(bundle, null);
    updatedWhileRead = false;
    ConnectorBundles.Entry fresh = ConnectorBundles.current(bundle, stale);
    assertNotSame(stale, fresh);
  }

  /** L14: the framework says that an update is done before its content can be read. */
  @Test
  void whatIsWrongWithABundleIsLookedAtAgain() {
    Bundle bundle = bundle();
    ConnectorBundles.Entry wrong = ConnectorBundles.current(bundle, null);
    assertNotNull(wrong.problem());
    assertNotSame(wrong, ConnectorBundles.current(bundle, wrong));
  }

  @Test
  void whatIsReadInTheMiddleOfAnUpdateIsNotRemembered() {
    Bundle bundle = bundle();
    state = Bundle.INSTALLED;
    ConnectorBundles.Entry unsettled = ConnectorBundles.current(bundle, null);
    state = Bundle.ACTIVE;
    assertNotSame(unsettled, ConnectorBundles.current(bundle, unsettled));
  }

  /** A bundle without a connector. */
  private Bundle bundle() {
    BundleRevision revision = (BundleRevision) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleRevision.class},
        (proxy, method, arguments) -> java.util.List.<BundleCapability>of());
    return (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) ->
        switch (method.getName()) {
          case "getLastModified" -> modified.get();
          case "getState" -> state;
          case "getSymbolicName" -> "acme";
          case "getVersion" -> Version.emptyVersion;
          case "getEntry" -> null;
          case "adapt" -> {
            modified.addAndGet(updatedWhileRead ? 1 : 0);
            yield revision;
          }
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }
}
