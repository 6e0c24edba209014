package io.connectorkit.gateway.internal;

import io.connectorkit.host.KitException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says who a caller is. There are no cookies, so that no page of another site can act for anybody. */
@Component(service = Access.class, configurationPid = GatewayConfig.PID)
public final class Access {

  private static final String SCHEME = "Bearer ";
  private static final int BURST_SECONDS = 10;
  /** Guesses of one address, before it has to wait for each further one. */
  private static final int GUESSES = 20;

  private final byte[] local;
  private final Tokens tokens;
  private final RateLimit requests;
  private final RateLimit guesses = new RateLimit(0.2, GUESSES, System::nanoTime);

  @Activate
  public Access(@Reference LocalToken local, @Reference Tokens tokens, GatewayConfig config) {
    this.local = local.text().getBytes(StandardCharsets.UTF_8);
    this.tokens = tokens;
    this.requests = new RateLimit(config.requests_second(), (double) config.requests_second() * BURST_SECONDS, System::nanoTime);
  }

  /**
   * The caller of a request.
   *
   * @throws KitException KIT-6002 if it has no valid token, KIT-6009 if it asks too often
   */
  Caller require(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    String header = request.getHeader("Authorization");
    String text = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header.substring(SCHEME.length()).strip() : "";
    if (MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), local)) {
      return new Caller("local", Role.DEPLOY, true);
    }
    Optional<Caller> caller = text.isEmpty() ? Optional.empty() : tokens.find(text);
    if (caller.isEmpty()) {
      // Whoever has a right one is not kept out by a neighbour who guesses.
      if (!text.isEmpty() && !guesses.take(address)) {
        throw new KitException("KIT-6009", "too many wrong tokens from " + address + "; wait some seconds");
      }
      throw new KitException("KIT-6002", "the token is missing or wrong; make one with 'kit token create NAME --role ROLE' and send it as"
          + " 'Authorization: Bearer TOKEN'");
    }
    if (!requests.take(caller.get().name())) {
      throw new KitException("KIT-6009", "token '" + caller.get().name() + "' asks too often; wait a second");
    }
    return caller.get();
  }
}
