package io.connectorkit.gateway.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/** What is left of a request that is refused. */
final class Unread {

  private static final long MOST = 4 << 20;

  private Unread() {}

  /** Reads on for a while: a connection that is closed before takes the answer away from a client that is still sending. */
  static void drain(HttpServletRequest request) {
    try {
      InputStream body = request.getInputStream();
      byte[] buffer = new byte[8192];
      long left = MOST;
      for (int read = 0; read >= 0 && left > 0; left -= read) {
        read = body.read(buffer);
      }
    } catch (IOException | IllegalStateException e) {
      // The client is gone, or somebody reads it as text; the answer is the same.
      return;
    }
  }
}
