package io.connectorkit.gateway.internal;

import io.connectorkit.host.InstanceStatus;
import io.connectorkit.host.InstanceStatus.State;
import java.util.Set;

/** Which instances need a person. */
final class Attention {

  private static final Set<State> BAD = Set.of(State.REJECTED, State.WAITING, State.FAILED, State.STOPPED);

  private Attention() {}

  static boolean needed(InstanceStatus instance) {
    return BAD.contains(instance.state());
  }
}
