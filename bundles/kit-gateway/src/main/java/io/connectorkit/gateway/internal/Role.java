package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import java.util.Locale;

/** What a caller may do; each one may also do what those before it may. */
enum Role {
  /** Look at everything, and query. */
  READ,
  /** Start and cancel runs, ask sources, reset states. */
  OPERATE,
  /** Bring in code and configuration, delete data. */
  DEPLOY;

  /** As it is written. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that label. */
  static Role of(String label) {
    for (Role role : values()) {
      if (role.label().equals(label)) {
        return role;
      }
    }
    throw new KitException("KIT-6003", "'" + label + "' is no role; use read, operate or deploy");
  }

  /** Whether it is enough for what needs another. */
  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
