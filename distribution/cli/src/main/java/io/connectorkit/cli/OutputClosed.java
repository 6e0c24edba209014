package io.connectorkit.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Nobody reads the results any more, as in {@code kit query … | head}: no fault, and nothing to say about it. */
final class OutputClosed extends UncheckedIOException {

  private static final long serialVersionUID = 1L;

  OutputClosed(IOException cause) {
    super(cause);
  }
}
