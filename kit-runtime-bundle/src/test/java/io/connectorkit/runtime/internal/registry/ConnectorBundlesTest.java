package io.connectorkit.runtime.internal.registry;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.connectorkit.api.ConnectorBundle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What is remembered of a connector bundle. */
final class ConnectorBundlesTest {

  private final AtomicLong modified = new AtomicLong(1);
  private final Bundle bundle = bundle();
  private boolean updatedWhileRead;
  private int state = Bundle.ACTIVE;
  private URL yaml;

  @BeforeEach
  void declare(@TempDir Path folder) throws Exception {
    yaml = Files.writeString(folder.resolve("connector.yaml"), "name: acme\nversion: \"1.0.0\"\ncapabilities: [discover, read]\n").toUri().toURL();
  }

  @Test
  void aBundleThatIsUpdatedWhileItIsReadIsReadAgain() {
    updatedWhileRead = true;
    ConnectorBundles.Entry stale = ConnectorBundles.current(bundle, null);
    updatedWhileRead = false;
    ConnectorBundles.Entry fresh = ConnectorBundles.current(bundle, stale);
    assertNotSame(stale, fresh);
    assertNull(fresh.problem());
    assertSame(fresh, ConnectorBundles.current(bundle, fresh));
  }

  @Test
  void whatIsReadInTheMiddleOfAnUpdateIsNotRemembered() {
    state = Bundle.INSTALLED;
    ConnectorBundles.Entry unsettled = ConnectorBundles.current(bundle, null);
    state = Bundle.ACTIVE;
    assertNotSame(unsettled, ConnectorBundles.current(bundle, unsettled));
  }

  /** L14: an update has its date before its state, and its content is closed for a moment after both. */
  @Test
  void whatSeemsWrongWithABundleIsLookedAtAgain() {
    URL whole = yaml;
    yaml = null;
    ConnectorBundles.Entry wrong = ConnectorBundles.current(bundle, null);
    assertNotNull(wrong.problem());
    yaml = whole;
    assertNull(ConnectorBundles.current(bundle, wrong).problem());
  }

  private Bundle bundle() {
    BundleCapability capability = proxy(BundleCapability.class, (proxy, method, arguments) -> Map.of(ConnectorBundle.NAMESPACE, "acme",
        "version", Version.valueOf("1.0.0"), "capabilities", List.of("discover", "read")));
    BundleRevision revision = proxy(BundleRevision.class, (proxy, method, arguments) -> List.of(capability));
    return proxy(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
      case "getLastModified" -> modified.get();
      case "getState" -> state;
      case "getSymbolicName" -> "acme";
      case "getVersion" -> Version.emptyVersion;
      case "getEntry" -> yaml;
      case "adapt" -> {
        modified.addAndGet(updatedWhileRead ? 1 : 0);
        yield revision;
      }
      default -> throw new UnsupportedOperationException(method.getName());
    });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
