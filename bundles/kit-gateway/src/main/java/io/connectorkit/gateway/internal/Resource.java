package io.connectorkit.gateway.internal;

import java.util.List;

/** A part of the API. */
interface Resource {

  /** Its operations. */
  List<Route> routes();
}
