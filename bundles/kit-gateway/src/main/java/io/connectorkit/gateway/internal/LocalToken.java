package io.connectorkit.gateway.internal;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The token of this process, which may do everything. Only who can read the host's own files gets to know it. */
@Component(service = LocalToken.class)
public final class LocalToken {

  private static final int BYTES = 24;

  private final String text = random();

  @Activate
  public LocalToken() {}

  /** A text that nobody can guess. */
  static String random() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  String text() {
    return text;
  }
}
