package io.connectorkit.contract;

import io.connectorkit.api.ConnectorBundle;
import io.connectorkit.declaration.ConnectorYaml;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.declaration.DeclarationException;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the bundle says of itself. */
final class DeclarationChecks {

  /** The property by which the host finds connectors. */
  private static final String NAME = ConnectorBundle.PREFIX_ + "name";

  private DeclarationChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("declaration-agrees", "manifest and connector.yaml name the same connector, version and capabilities, by the rules of each key",
            "the host refuses a bundle that contradicts itself", "change the annotation @ConnectorBundle or META-INF/connector.yaml, and build again",
            DeclarationChecks::agrees),
        new Check("capabilities-are-implemented", "the class implements the interfaces of the declared capabilities and no other",
            "a promise without code fails in production, and code without a promise is never called",
            "declare what the class implements, and implement what is declared", DeclarationChecks::implemented),
        new Check("component-is-plain", "the connector is one singleton component, and asks for no configuration of its own",
            "a component with a configuration policy keeps its class loader for ever, and several instances would each hold what should be shared",
            "annotate the class with @ConnectorBundle(…) and @Component(configurationPolicy = IGNORE), with nothing else in the latter",
            DeclarationChecks::plain));
  }

  private static Packaging packaging(Trial trial) {
    return trial.subject().packaging().orElseThrow(() -> new NotApplicable("there is no bundle, only a class"));
  }

  private static Declaration declaration(Trial trial) {
    Packaging packaging = packaging(trial);
    return Declaration.of(packaging.name(), packaging.capabilities(), packaging.yamlStream());
  }

  private static void agrees(Trial trial) {
    try {
      declaration(trial);
    } catch (DeclarationException e) {
      throw new Violation(e.getMessage());
    }
  }

  private static void implemented(Trial trial) {
    Declaration declaration;
    try {
      declaration = declaration(trial);
    } catch (DeclarationException e) {
      throw new NotApplicable("the declaration is wrong, see declaration-agrees");
    }
    try {
      declaration.check(trial.subject().connector(), packaging(trial).name());
    } catch (DeclarationException e) {
      throw new Violation(e.getMessage());
    }
  }

  private static void plain(Trial trial) throws Exception {
    if (trial.yaml().flatMap(ConnectorYaml::source).isPresent() && packaging(trial).components().isEmpty()) {
      throw new NotApplicable("a connector without code");
    }
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    int connectors = 0;
    for (byte[] xml : packaging(trial).components()) {
      Element component = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
      if (isConnector(component)) {
        connectors++;
        plain(component);
      }
    }
    if (connectors != 1) {
      throw new Violation(packaging(trial).name() + " has " + connectors + " components with the property " + NAME + ", and must have one");
    }
  }

  private static boolean isConnector(Element component) {
    NodeList properties = component.getElementsByTagName("property");
    for (int i = 0; i < properties.getLength(); i++) {
      if (((Element) properties.item(i)).getAttribute("name").equals(NAME)) {
        return true;
      }
    }
    return false;
  }

  private static void plain(Element component) {
    String who = "component " + component.getAttribute("name") + ": ";
    String policy = component.getAttribute("configuration-policy");
    if (!policy.equals("ignore")) {
      throw new Violation(who + "its configuration policy is '" + (policy.isEmpty() ? "optional" : policy) + "' and must be 'ignore'");
    }
    NodeList services = component.getElementsByTagName("service");
    if (services.getLength() != 1) {
      throw new Violation(who + "it offers no service, so that nobody finds it");
    }
    String scope = ((Element) services.item(0)).getAttribute("scope");
    if (!scope.isEmpty() && !scope.equals("singleton")) {
      throw new Violation(who + "its scope is '" + scope + "' and must be 'singleton'");
    }
  }
}
