package io.connectorkit.api;

import java.util.concurrent.CancellationException;
import org.osgi.annotation.versioning.ProviderType;

/** Whether a call is still wanted. The host also interrupts the thread that runs the call. Safe for use from any thread. */
@ProviderType
public interface Cancellation {

  /** True once the host gave the call up; never false again after that. */
  boolean cancelled();

  /**
   * Has an action run on cancellation, such as closing a socket that a read blocks on; at once if it is cancelled already.
   *
   * @param action must be quick and must not throw; runs at most once, on a thread of the host
   */
  void onCancel(Runnable action);

  /**
   * Ends the call if nobody wants it any more.
   *
   * @throws CancellationException if {@link #cancelled()}
   */
  default void check() {
    if (cancelled()) {
      throw new CancellationException("cancelled by the host");
    }
  }
}
