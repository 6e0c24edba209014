package io.connectorkit.runtime.internal.registry;

import io.connectorkit.api.Connector;
import io.connectorkit.declaration.Declaration;
import io.connectorkit.host.DeployedFile;
import io.connectorkit.host.InstanceStatus.State;
import io.connectorkit.host.KitException;
import io.connectorkit.runtime.internal.config.BundleDeclaration;
import io.connectorkit.runtime.internal.config.Confidential;
import io.connectorkit.runtime.internal.config.InstanceConfig;
import io.connectorkit.runtime.internal.config.InstanceFile;
import io.connectorkit.runtime.internal.config.Secrets;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;

/** Says how far an instance has come on the way from its bundle to READY, and what is in its way. */
final class Candidates {

  private final Secrets secrets;
  private final Components components;

  Candidates(Secrets secrets, Components components) {
    this.secrets = secrets;
    this.components = components;
  }

  static Candidate rejected(Bundle bundle, String name, String problem, Declaration declaration) {
    return new Candidate(name, declaration == null ? "" : declaration.name(), State.REJECTED, problem, "", bundle, declaration, null);
  }

  /** How far an instance has come; what is not there yet is null. */
  Candidate of(Bundle bundle, Declaration declaration, InstanceFile file, Construction construction, DeployedFile deployed) {
    String name = file.instance();
    if (bundle.getState() != Bundle.ACTIVE || construction == null) {
      return absent(bundle, declaration, name, deployed);
    }
    if (construction.running()) {
      return new Candidate(name, declaration.name(), State.STARTING, "the connector's constructor has not returned yet", "", bundle, declaration, null);
    }
    Optional<Connector> connector = construction.connector();
    if (connector.isEmpty()) {
      return new Candidate(name, declaration.name(), State.FAILED, clean(construction.failure(), declaration), "", bundle, declaration, null);
    }
    try {
      BundleDeclaration.check(declaration, connector.get(), bundle);
    } catch (KitException e) {
      return rejected(bundle, name, e.getMessage(), declaration);
    }
    InstanceConfig config;
    try {
      config = InstanceConfig.check(file, declaration.yaml(), secrets);
    } catch (KitException e) {
      return new Candidate(name, declaration.name(), State.WAITING, e.getMessage(), "", bundle, declaration, null);
    }
    if (!config.problems().isEmpty()) {
      return new Candidate(name, declaration.name(), State.WAITING, String.join("; ", config.problems()), "", bundle, declaration, null);
    }
    Instance instance = new Instance(declaration, connector.get(), bundle, deployed == null ? "" : deployed.sha256(), config, secrets);
    return new Candidate(name, declaration.name(), State.READY, String.join("; ", config.notes()), "", bundle, declaration, instance);
  }

  /** A connector that is being constructed has no instance, and can have its secrets from the environment alone. */
  private String clean(String failure, Declaration declaration) {
    return Confidential.clean(failure, declaration.yaml().variables().stream().flatMap(variable -> value(variable.name())).toList());
  }

  private Stream<String> value(String variable) {
    try {
      return secrets.find(variable).stream();
    } catch (KitException e) {
      return Stream.empty();
    }
  }

  private Candidate absent(Bundle bundle, Declaration declaration, String name, DeployedFile deployed) {
    if (deployed != null && deployed.state() == DeployedFile.State.DEPLOYING && bundle.getState() != Bundle.ACTIVE) {
      return new Candidate(name, declaration.name(), State.STARTING, "its bundle is being started", "", bundle, declaration, null);
    }
    String known = deployed == null ? "" : deployed.reason();
    State state = bundle.getState() == Bundle.RESOLVED && known.isEmpty() ? State.STOPPED : State.FAILED;
    String reason = switch (bundle.getState()) {
      case Bundle.ACTIVE -> "KIT-1014 the bundle publishes no connector: " + clean(components.failure(bundle), declaration);
      case Bundle.INSTALLED -> known.isEmpty() ? "the bundle does not resolve" : known;
      default -> known.isEmpty() ? "the bundle is not started" : known;
    };
    return new Candidate(name, declaration.name(), state, reason, "", bundle, declaration, null);
  }
}
