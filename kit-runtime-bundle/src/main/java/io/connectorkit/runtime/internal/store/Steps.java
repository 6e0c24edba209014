package io.connectorkit.runtime.internal.store;

import io.connectorkit.host.StepListener;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Passes steps on to who listens, if anybody does. */
@Component(service = Steps.class)
public final class Steps {

  private final AtomicReference<StepListener> listener = new AtomicReference<>();

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindListener(StepListener service) {
    listener.set(service);
  }

  void unbindListener(StepListener service) {
    listener.compareAndSet(service, null);
  }

  /** The steps of one instance's runs. */
  public Trail of(String instance) {
    return step -> {
      StepListener current = listener.get();
      if (current != null) {
        current.reached(instance, step);
      }
    };
  }
}
