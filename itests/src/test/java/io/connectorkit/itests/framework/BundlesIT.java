package io.connectorkit.itests.framework;

import static java.util.stream.Collectors.joining;
import static org.junit.Assert.assertEquals;

import io.connectorkit.itests.support.Await;
import io.connectorkit.itests.support.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The product's bundles go together, and depend on each other only as they should. */
public class BundlesIT extends HostTest {

  @Inject
  private ServiceComponentRuntime components;

  private Stream<Bundle> ours() {
    return Arrays.stream(context.getBundles()).filter(bundle -> bundle.getSymbolicName().startsWith("io.connectorkit."));
  }

  private Bundle ours(String artifact) {
    return ours().filter(bundle -> bundle.getSymbolicName().equals("io.connectorkit." + artifact)).findFirst().orElseThrow();
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  @Test
  public void allBundlesAreActive() {
    String idle = Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getState() != (isFragment(bundle) ? Bundle.RESOLVED : Bundle.ACTIVE))
        .map(bundle -> bundle + " state " + bundle.getState()).collect(joining(", "));
    assertEquals("", idle);
  }

  @Test
  public void noComponentIsUnsatisfied() {
    Await.until("every immediate component is active", () -> unsatisfied().isEmpty());
    assertEquals(List.of(), unsatisfied());
  }

  private List<String> unsatisfied() {
    List<String> reasons = new ArrayList<>();
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(ours().toArray(Bundle[]::new))) {
      for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(component)) {
        if (configuration.state != ComponentConfigurationDTO.ACTIVE && configuration.state != ComponentConfigurationDTO.SATISFIED) {
          reasons.add(component.name + ": " + Arrays.stream(configuration.unsatisfiedReferences)
              .map(reference -> reference.name + " " + reference.target).toList() + " " + configuration.failure);
        }
      }
    }
    return reasons;
  }

  @Test
  public void theApiImportsNothingButArrow() {
    List<String> imports = imports(ours("kit-api")).filter(name -> !name.startsWith("org.apache.arrow.") && !name.startsWith("java."))
        .filter(name -> !name.startsWith("io.connectorkit.api")).toList();
    assertEquals(List.of(), imports);
  }

  @Test
  public void connectorsImportOnlyTheApiArrowAndWhatThePlatformHas() throws Exception {
    for (Bundle connector : shippedConnectors()) {
      // Of the JDK, the framework and the log that it exports; never of another connector or library.
      List<String> imports = imports(connector).filter(name -> !name.matches("(javax?|org\\.(w3c|xml|ietf|osgi|slf4j))\\..*|org\\.slf4j|sun\\.misc"))
          .filter(name -> !name.equals("io.connectorkit.api") && !name.startsWith("org.apache.arrow.")).toList();
      assertEquals(connector.getSymbolicName(), List.of(), imports);
      connector.uninstall();
    }
  }

  private List<Bundle> shippedConnectors() throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    Path folder = Path.of(context.getProperty("kit.home"), "system", "connectors");
    for (Path jar : Folders.list(folder)) {
      bundles.add(context.installBundle(jar.toUri().toString()));
    }
    assertEquals("there are connectors to look at", false, bundles.isEmpty());
    return bundles;
  }

  @Test
  public void nobodyImportsTheRuntimesInternals() {
    List<String> offenders = Arrays.stream(context.getBundles())
        .filter(bundle -> imports(bundle).anyMatch(name -> name.startsWith("io.connectorkit.runtime"))).map(Bundle::getSymbolicName).toList();
    assertEquals(List.of(), offenders);
  }

  @Test
  public void theRuntimeExportsItsServicesAndNothingElse() {
    assertEquals(new TreeSet<>(List.of("io.connectorkit.host")), new TreeSet<>(exports(ours("kit-runtime")).toList()));
  }

  /** L14: its native library is loaded by one class loader. */
  @Test
  public void duckDbComesFromOneBundle() {
    assertEquals(1, Arrays.stream(context.getBundles()).filter(bundle -> exports(bundle).anyMatch("org.duckdb"::equals)).count());
    List<String> copies = Arrays.stream(context.getBundles()).filter(bundle -> bundle.getEntry("org/duckdb/DuckDBNative.class") != null)
        .map(Bundle::getSymbolicName).toList();
    assertEquals(copies.toString(), 1, copies.size());
  }

  @Test
  public void noBundleOfOursHasAnActivatorOrImportsAsItGoes() {
    List<String> offenders = ours().filter(bundle -> bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATOR) != null
        || bundle.getHeaders("").get(Constants.DYNAMICIMPORT_PACKAGE) != null).map(Bundle::getSymbolicName).toList();
    assertEquals(List.of(), offenders);
  }

  private static Stream<String> imports(Bundle bundle) {
    return bundle.adapt(BundleRevision.class).getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
        .map(requirement -> requirement.getDirectives().getOrDefault("filter", ""))
        .map(filter -> filter.replaceFirst(".*osgi\\.wiring\\.package=([^)]+)\\).*", "$1"));
  }

  private static Stream<String> exports(Bundle bundle) {
    return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
        .map(capability -> (String) capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
  }
}
